"""A required section is empty.

## What it does

Reports required sections that hold nothing but blank lines, subheadings and comments. One that
only holds other required sections isn't asked itself.

## Why

A heading without text looks finished in every list and helps nobody.

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

<!-- later -->

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

Write the section, or say in it what is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.record_types import SectionType
from govkb.rules.rule import Rule
from govkb.rules.sections import extent, is_required, section_of

RULE = Rule("SEC002", "empty-section", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every required section without text."""
    for section_type in record.type.due_sections if record.type else ():
        if section_type.may_be_empty or not is_required(record, section_type):
            continue
        section = section_of(record, section_type)
        if section is not None and not section.has_text and not _is_frame(record, section_type):
            message = f'the section "{section.name}" is empty'
            hint = "write what is known, or say that it is unknown"
            yield RULE.at_offsets(record, *extent(record, section), message, hint=hint)


def _is_frame(record: Record, section_type: SectionType) -> bool:
    """Whether a section only holds others, which are asked themselves."""
    due = record.type.due_sections if record.type else ()
    inner = (section for section in due if section.within == section_type.name)
    return any(section_of(record, section) is not None for section in inner)
