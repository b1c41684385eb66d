"""A declared section stands twice in one record.

## What it does

Reports a second `##` heading with the name of a section that the type declares.

## Why

Whoever finds the first one does not know that there is more, and tools read only one.

## Bad

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

## Impact

None.

## Impact

No restore was possible.
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

Join the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record, Section
from govkb.rules.rule import Rule

RULE = Rule("SEC003", "repeated-section", Severity.WARNING)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every later section with the name of an earlier one."""
    declared = {name.casefold() for name in record.type.sections} if record.type else set()
    first: dict[str, Section] = {}
    for section in record.body.sections:
        name = section.name.casefold()
        if name in declared and name in first:
            earlier, heading = first[name].heading, section.heading
            related = Related(
                "the first one", record.path, record.source.span(earlier.start, earlier.end)
            )
            message = f'the section "{section.name}" stands here again'
            yield RULE.at_offsets(
                record, heading.start, heading.end - 1, message, related=(related,)
            )
        first.setdefault(name, section)
