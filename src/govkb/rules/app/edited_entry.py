"""An entry of an append-only section was changed.

## What it does

Compares the entries of append-only sections with those of the base (`govkb check --base REF`).
Line ends, trailing blanks, Unicode form and list markers don't count.

## Why

What was learned once is what the next person relies on. A change to it that nobody sees is worse
than a loss that everybody sees.

## Fix

Restore the old text and add a new entry that corrects it.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import ChangeKind
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.entries import at_change
from govkb.rules.rule import Rule

RULE = Rule("APP001", "edited-entry", Severity.ERROR, needs_base=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every entry that was edited since the base."""
    for change in base.changes:
        if change.kind is ChangeKind.EDITED:
            yield at_change(RULE, change)
