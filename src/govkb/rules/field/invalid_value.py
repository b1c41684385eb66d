"""A field has a value of the wrong kind.

## What it does

Holds every field against its JSON Schema: text, lists, dates that exist, numbers in range.

## Why

A date that no calendar has, or a list where one name belongs, breaks whatever sorts, counts or
computes with it.

## Bad

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-02-30
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
```

## Good

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
```

## Fix

Write the value as the message says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("FIELD002", "invalid-value", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every value that its schema refuses; an empty one may stand for what is handed down."""
    for fault in record.field_faults:
        if fault.kind == "invalid" and not _is_handed_down(record, fault.path):
            yield RULE.at_key(record, fault.path, fault.message, hint=fault.hint, value=True)


def _is_handed_down(record: Record, path: tuple[str | int, ...]) -> bool:
    """Whether a value is empty and a folder has one in its place."""
    if not record.inherited.values or record.at(path) not in (None, "", [], {}):
        return False
    value: Any = record.effective
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value not in (None, "", [], {})
