"""A value is not in the vocabulary.

## What it does

Reports values of fields with a fixed vocabulary, such as `severity`, that are not in it.

## Why

`High`, `HIGH` and `sev2` are three values to every filter. One vocabulary keeps lists complete.

## Bad

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: hihg
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

Choose a value from the list, or add yours to `templates/vocabulary.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("FIELD003", "unknown-value", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every value outside its vocabulary."""
    for fault in record.field_faults:
        if fault.kind == "unknown-value":
            yield RULE.at_key(record, fault.path, fault.message, hint=fault.hint, value=True)
