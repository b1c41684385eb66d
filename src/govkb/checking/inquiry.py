"""What somebody asks of a check besides what the settings say."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from govkb.checking.baseline import Baseline
from govkb.checking.changes import caused
from govkb.checking.selection import Asked
from govkb.checking.verdict import Verdict, examine
from govkb.diagnostics import Diagnostic
from govkb.knowledge_base import KnowledgeBase

_NOTHING = Asked()


class Inquiry(Struct, frozen=True):
    """Which findings count: of which rules, new to which baseline, and in which files.

    With `paths` only those in these files and folders count. With `changed` only those in these
    files and others that weren't among those that `before` tells; mostly nobody has to ask.
    """

    asked: Asked = _NOTHING
    baseline: Baseline | None = None
    paths: tuple[str, ...] = ()
    changed: frozenset[str] | None = None
    before: Callable[[], Iterable[Diagnostic]] = tuple

    def findings(self, base: KnowledgeBase) -> list[Diagnostic]:
        """The findings that count, without those that are hidden; raises as `examine` does."""
        return self.answer(base).diagnostics

    def answer(self, base: KnowledgeBase) -> Verdict:
        """What counts of a knowledge base; raises as `examine` does."""
        verdict = examine(base, self.asked, self.baseline)
        hidden = verdict.hidden
        if self.paths:
            found = below(verdict.diagnostics, self.paths)
            hidden = tuple(h for h in hidden if is_below(h.diagnostic.path, self.paths))
            verdict = replace(verdict, diagnostics=found, hidden=hidden)
        if self.changed is not None:
            found = caused(verdict.diagnostics, self.before, self.changed)
            left_out = len(verdict.diagnostics) - len(found)
            hidden = tuple(h for h in hidden if h.diagnostic.path in self.changed)
            verdict = Verdict(found, hidden, left_out)
        return verdict


def below(diagnostics: Iterable[Diagnostic], paths: Iterable[str]) -> list[Diagnostic]:
    """The diagnostics about these files and folders; paths are relative to the project root."""
    wanted = tuple(paths)
    return [diagnostic for diagnostic in diagnostics if is_below(diagnostic.path, wanted)]


def is_below(path: str, paths: Iterable[str]) -> bool:
    """Whether a file is one of these, or in one of these folders."""
    wanted = (path.rstrip("/") for path in paths)
    return any(w in (".", "") or path == w or path.startswith(f"{w}/") for w in wanted)
