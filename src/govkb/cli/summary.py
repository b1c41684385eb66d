"""The sentence that `govkb check` ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govkb.checking import Verdict
    from govkb.knowledge_base import KnowledgeBase


def summary(verdict: Verdict, base: KnowledgeBase, paths: tuple[str, ...]) -> str:
    """What was found among all records, or among those below the paths if there are any."""
    from govkb.checking.inquiry import is_below
    from govkb.diagnostics import HiddenBy
    from govkb.reporting import text

    if not base.results and not verdict.diagnostics:
        folder = f"{base.config.records}/"
        return f'no records in {folder} yet; start one with: govkb new incident "What happened"'
    shown = sum(is_below(r.path, paths) for r in base.results) if paths else len(base.results)
    said = text.summary(verdict.diagnostics, shown, of=len(base.results))
    by = [hidden.by for hidden in verdict.hidden]
    more = [
        f"{by.count(HiddenBy.COMMENT):,} suppressed" if HiddenBy.COMMENT in by else "",
        f"{by.count(HiddenBy.BASELINE):,} in the baseline" if HiddenBy.BASELINE in by else "",
        _elsewhere(verdict.left_out),
    ]
    return "; ".join([said, *filter(None, more)])


def _elsewhere(number: int) -> str:
    if not number:
        return ""
    noun, verb = ("finding", "was") if number == 1 else ("findings", "were")
    return f"{number:,} {noun} elsewhere {verb} there before"
