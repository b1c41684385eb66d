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
from govkb.reading import Record
from govkb.reading.outline import OutlineSection
from govkb.record_types import RecordType
from govkb.rules.rule import Rule
from govkb.rules.sections import declared_sections, extent

RULE = Rule("SEC003", "repeated-section", Severity.WARNING)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every later section with a name of an earlier one."""
    if record.type is None or not _may_repeat(record, record.type):
        return
    first: dict[str, OutlineSection] = {}
    for section_type, section in declared_sections(record):
        earlier = first.setdefault(section_type.name, section)
        if earlier is not section:
            span = record.source.span(*extent(record, earlier))
            related = (Related("the first one", record.path, span),)
            message = f'the section "{section.name}" stands here again'
            yield RULE.at_offsets(record, *extent(record, section), message, related=related)


def _may_repeat(record: Record, record_type: RecordType) -> bool:
    """Whether two headings are alike, or one section may have several; asked of every record."""
    headings = record.outline.headings
    if len(record_type.headings) > len(record_type.sections):
        return True
    return len({heading.text.casefold() for heading in headings}) < len(headings)
