"""Comments by which records answer for findings, and what those hide."""

from __future__ import annotations

from collections.abc import Iterator

from govkb.checking.selection import Selection
from govkb.diagnostics import Diagnostic, HiddenBy, HiddenDiagnostic
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import ReadResult, Suppression
from govkb.rules import all_rules
from govkb.rules.names import codes_named
from govkb.rules.outcome import UnusedSuppression
from govkb.rules.suppressing import reason_to_speak


class Suppressor:
    """Follows the comments of all files, and knows at the end which names hid nothing."""

    def __init__(self, base: KnowledgeBase, selection: Selection) -> None:
        self._selection = selection
        self._has_base = bool(base.before)
        self._results = {r.path: r for r in base.files if r.suppressions}
        self._used: set[tuple[str, Suppression, str]] = set()

    def hidden(self, diagnostic: Diagnostic) -> HiddenDiagnostic | None:
        """The finding as hidden by a comment; None where no comment covers it."""
        result = self._results.get(diagnostic.path)
        if result is None or reason_to_speak(diagnostic.code):
            return None
        for suppression, name in _by_nearness(result):
            if _covers(suppression, diagnostic) and diagnostic.code in codes_named(name):
                self._used.add((result.path, suppression, name))
                return HiddenDiagnostic(diagnostic, HiddenBy.COMMENT, suppression.reason)
        return None

    def unused(self) -> Iterator[UnusedSuppression]:
        """The comments with names that hid nothing."""
        for result in self._results.values():
            for suppression in filter(_counts, result.suppressions):
                names = (n for n in suppression.names if self._is_idle(result, suppression, n))
                if idle := tuple(names):
                    yield UnusedSuppression(result, suppression, idle)

    def _is_idle(self, result: ReadResult, suppression: Suppression, name: str) -> bool:
        """Whether a name hid nothing, although its rules had their say about the file."""
        if (result.path, suppression, name) in self._used:
            return False
        codes = (code for code in codes_named(name) if not reason_to_speak(code))
        return any(self.has_spoken(code, result.path) for code in codes)

    def has_spoken(self, code: str, path: str) -> bool:
        """Whether a rule has had its say about a file."""
        if not self._selection.is_in_force(code, path):
            return False
        return self._has_base or code not in _needing_base()


def _by_nearness(result: ReadResult) -> Iterator[tuple[Suppression, str]]:
    """Each name of the suppressions that count, those about the whole file last."""
    counting = filter(_counts, result.suppressions)
    for suppression in sorted(counting, key=lambda s: s.covers_file):
        for name in suppression.names:
            yield suppression, name


def _counts(suppression: Suppression) -> bool:
    """Whether it hides anything: what isn't understood or gives no reason doesn't."""
    return bool(suppression.reason) and suppression.verb in ("ignore", "ignore-file")


def _covers(suppression: Suppression, diagnostic: Diagnostic) -> bool:
    if suppression.covers_file:
        return True
    if diagnostic.span is None:
        return False
    return suppression.first_line <= diagnostic.span.start.line <= suppression.last_line


def _needing_base() -> frozenset[str]:
    return frozenset(r.rule.code for r in all_rules() if r.rule.needs_base)
