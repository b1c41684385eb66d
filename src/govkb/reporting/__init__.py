"""One file a format: diagnostics in, text out. Nothing here prints."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from typing import Protocol

from govkb.diagnostics import Diagnostic
from govkb.knowledge_base import KnowledgeBase

# Each is a module of its own, which is imported when it is asked for.
FORMATS: Sequence[str] = ("text", "json", "sarif", "github", "gitlab", "junit")


class Render(Protocol):
    """What every format's `render` is."""

    def __call__(self, diagnostics: Iterable[Diagnostic], base: KnowledgeBase) -> str:
        """The whole report."""


def renderer(name: str) -> Render:
    """How a format of FORMATS is written."""
    module = importlib.import_module(f"govkb.reporting.{name}")
    render: Render = module.render
    return render
