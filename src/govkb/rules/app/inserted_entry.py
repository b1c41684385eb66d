"""A new entry stands before older ones.

## What it does

Reports new entries of an append-only section that are not at its end.

## Why

What was learned once is what the next person relies on. A change to it that nobody sees is worse
than a loss that everybody sees.

## Fix

Move the new entry to the end of the section.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import ChangeKind
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.entries import at_change
from govkb.rules.rule import Rule

RULE = Rule("APP004", "inserted-entry", Severity.ERROR, needs_base=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every entry that was inserted since the base."""
    for change in base.changes:
        if change.kind is ChangeKind.INSERTED:
            yield at_change(RULE, change)
