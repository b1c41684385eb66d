"""There are not as many items as the record says.

## What it does

Counts the items of a kind and compares the number with the field that states it.

## Why

A table that was to decide about eleven resources and has ten rows decides about ten.

## Bad

```markdown reviews/review-1064-2026-04-20.md
---
id: review-1064-2026-04-20
title: Scope review of 1064
status: completed
verdict: needs-refinement
required_fixes: 3
---

# Scope review of 1064

## Summary

The scope is right, three things are not.

## Required fixes

- R1: The story key doesn't exist.
- R2: The phase doesn't exist.
```

## Good

```markdown reviews/review-1064-2026-04-20.md
---
id: review-1064-2026-04-20
title: Scope review of 1064
status: completed
verdict: needs-refinement
required_fixes: 2
---

# Scope review of 1064

## Summary

The scope is right, two things are not.

## Required fixes

- R1: The story key doesn't exist.
- R2: The phase doesn't exist.
```

## Fix

Find the one that is missing, or correct the number.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.kinds_of_items import items_by_kind
from govkb.rules.rule import Rule

RULE = Rule("ITEM013", "miscounted-items", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every kind whose number is another than the one that is stated."""
    for kind, items in items_by_kind(record):
        stated = record.metadata.get(kind.counted_in) if kind.counted_in is not None else None
        if isinstance(stated, int) and not isinstance(stated, bool) and stated != len(items):
            assert kind.counted_in is not None
            noun = kind.label if stated == 1 else kind.plural
            message = (
                f"`{kind.counted_in}` says {stated} {noun.lower()}, and there are {len(items)}"
            )
            hint = "find what is missing, or correct the number"
            yield RULE.at_key(record, (kind.counted_in,), message, hint=hint)
