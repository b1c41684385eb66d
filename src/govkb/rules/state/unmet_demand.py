"""A record lacks what its status demands.

## What it does

Compares fields and sections with the type's `requires_when`: a closed incident, for example, has
a `resolved` moment and at least one learning.

## Why

A status is a promise to the reader. An incident that is closed without a learning will happen
again.

## Bad

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
status: closed
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
status: closed
resolved: 2026-04-21
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.

## Learnings

- A job that is enabled by default may still never have run.
```

## Fix

Add what is missing, or choose the status that is true.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("STATE002", "unmet-demand", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every field and section that the record's status demands and that it doesn't have."""
    demand = record.type.demands.get(record.status or "") if record.type else None
    if demand is None or record.type is None:
        return
    label = f"{record.type.label.lower()} with status {record.status!r}"
    for name in demand.fields:
        if record.metadata.get(name) in (None, "", []):
            yield RULE.at_key(record, ("status",), f"the {label} must have the field `{name}`")
    for name in demand.sections:
        section = record.body.section(name)
        if section is None or not section.has_text:
            message = f'the {label} must have text in the section "{name}"'
            yield RULE.at_key(record, ("status",), message)
