"""A required section is missing.

## What it does

Reports `##` sections that the type requires and the record does not have. Headings inside code
don't count.

## Why

Readers look for the same thing in the same place, most of all at three in the morning.

## Bad

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

No backup was written.
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

Add the section under its `##` heading.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("SEC001", "missing-section", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every required section that isn't there, reported at the first heading."""
    for section in record.type.sections.values() if record.type else ():
        if section.required and record.body.section(section.name) is None:
            start, end = _heading(record)
            message = f'the section "{section.name}" is missing'
            hint = f"add a heading `## {section.name}` with its text"
            yield RULE.at_offsets(record, start, end, message, hint=hint)


def _heading(record: Record) -> tuple[int, int]:
    first = next(iter(record.body.headings), None)
    if first is None:
        return 0, 3
    return first.start, first.start + len(
        record.source.text(first.start, first.end).rstrip().encode()
    )
