"""One file a format: diagnostics in, text out. Nothing here prints."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from govkb.diagnostics import Diagnostic, HiddenDiagnostic
    from govkb.knowledge_base import KnowledgeBase


class Format(Struct, frozen=True):
    """What has to be known of a format before it is used.

    `is_log`: people read it where it is printed, so that a summary may stand beside it.
    `is_of_repository`: its reader knows files by their paths in the repository, which need not be
    those in the project; the module's `render` takes the project's folder in it.
    `shows_hidden`: it can say of a finding that a comment or the baseline hides it.
    """

    is_log: bool = False
    is_of_repository: bool = False
    shows_hidden: bool = False


# Each is the module of that name, which is imported only when it is asked for.
FORMATS: Mapping[str, Format] = {
    "text": Format(is_log=True),
    "json": Format(shows_hidden=True),
    "sarif": Format(is_of_repository=True, shows_hidden=True),
    "github": Format(is_log=True, is_of_repository=True),
    "gitlab": Format(is_of_repository=True),
    "junit": Format(),
}


def render(
    name: str,
    diagnostics: Iterable[Diagnostic],
    base: KnowledgeBase,
    folder: str = "",
    hidden: Iterable[HiddenDiagnostic] = (),
) -> str:
    """The whole report in a format.

    `folder` is the project's folder in its repository: empty at the top, else ending in `/`.
    `hidden` is left out where the format couldn't tell it from the rest.
    """
    module = importlib.import_module(f"govkb.reporting.{name}")
    more: dict[str, Any] = {"folder": folder} if FORMATS[name].is_of_repository else {}
    more |= {"hidden": hidden} if FORMATS[name].shows_hidden else {}
    report: str = module.render(diagnostics, base, **more)
    return report
