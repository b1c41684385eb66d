"""One file a format: diagnostics in, text out. Nothing here prints."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govkb.diagnostics import Diagnostic
    from govkb.knowledge_base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Format:
    """What has to be known of a format before it is used.

    `is_log`: people read it where it is printed, so that a summary may stand beside it.
    `is_of_repository`: its reader knows files by their paths in the repository, which need not be
    those in the project; the module's `render` takes the project's folder in it.
    """

    is_log: bool = False
    is_of_repository: bool = False


# Each is the module of that name, which is imported only when it is asked for.
FORMATS: Mapping[str, Format] = {
    "text": Format(is_log=True),
    "json": Format(),
    "sarif": Format(is_of_repository=True),
    "github": Format(is_log=True, is_of_repository=True),
    "gitlab": Format(is_of_repository=True),
    "junit": Format(),
}


def render(
    name: str, diagnostics: Iterable[Diagnostic], base: KnowledgeBase, folder: str = ""
) -> str:
    """The whole report in a format.

    `folder` is the project's folder in its repository: empty at the top, else ending in `/`.
    """
    module = importlib.import_module(f"govkb.reporting.{name}")
    more = (folder,) if FORMATS[name].is_of_repository else ()
    report: str = module.render(diagnostics, base, *more)
    return report
