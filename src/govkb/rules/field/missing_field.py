"""A required field is missing.

## What it does

Reports fields that the type requires and the record does not have.

## Why

The lists, the filters and the alarms that everybody relies on are built from these fields.

## Bad

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
detected: 2026-04-18
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

Add the field. Where the value isn't known, most vocabularies have a word that says so
(`unclassified`, `unknown`).
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.record_types.fields import field_faults
from govkb.rules.rule import Rule

RULE = Rule("FIELD001", "missing-field", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every required field that isn't there."""
    for fault in field_faults(record.type, record.metadata) if record.type else ():
        if fault.kind == "missing":
            yield RULE.at_key(record, fault.path, fault.message, hint=fault.hint, value=True)
