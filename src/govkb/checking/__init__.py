"""Runs the rules over a knowledge base, and judges what they find."""

from __future__ import annotations

from govkb.checking.baseline import Baseline
from govkb.checking.inquiry import Inquiry, below
from govkb.checking.running import base_findings, file_findings
from govkb.checking.selection import Asked
from govkb.checking.verdict import Verdict, examine, known_findings
from govkb.diagnostics import Diagnostic
from govkb.knowledge_base import KnowledgeBase

__all__ = [
    "Asked",
    "Baseline",
    "Inquiry",
    "Verdict",
    "base_findings",
    "below",
    "check",
    "examine",
    "file_findings",
    "known_findings",
]


def check(base: KnowledgeBase) -> list[Diagnostic]:
    """Every diagnostic that counts by the project's settings, in order.

    Raises ConfigurationError where the settings name a rule that doesn't exist, or a baseline that
    can't be used.
    """
    return examine(base, baseline=known_findings(base)).diagnostics
