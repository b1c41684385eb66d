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
from govkb.record_types import SectionType
from govkb.record_types.likeness import nearest
from govkb.rules.rule import Rule
from govkb.rules.sections import extent, is_required, section_of

RULE = Rule("SEC001", "missing-section", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every required section that isn't there, reported at the heading it belongs below."""
    for section in record.type.due_sections if record.type and not record.sidecar else ():
        if is_required(record, section) and section_of(record, section) is None:
            place = _place(record, section)
            if place is not None:
                inside = f' in "{section.within}"' if section.within else ""
                message = f'the section "{section.name}" is missing{inside}'
                yield RULE.at_offsets(record, *place, message, hint=_hint(record, section))


def _place(record: Record, section: SectionType) -> tuple[int, int] | None:
    """The parent's heading, the first heading, or the first line of the body.

    None where the parent isn't there: then that is what is missing, if anything is.
    """
    if section.within is not None and record.type is not None:
        parent = section_of(record, record.type.sections[section.within])
        return extent(record, parent) if parent is not None else None
    data = record.source.data
    headings = record.outline.headings
    start = headings[0].start if headings else record.body_start
    while start < len(data) and data[start : start + 1].isspace():
        start += 1
    if start >= len(data):
        return 0, 3
    end = data.find(b"\n", start)
    return start, start + len(data[start : end if end >= 0 else len(data)].rstrip())


def _hint(record: Record, section: SectionType) -> str:
    """What to do: most of the time the section is there by another name or on another level."""
    marks = "###" if section.within else "##"
    add = f"add a heading `{marks} {section.name}` with its text"
    declared = record.type.sections if record.type else {}
    names = {heading.text: "#" * heading.level for heading in record.outline.headings[1:]}
    near = nearest(section.name, [name for name in names if name not in declared])
    near = next((n for n in names if n.casefold() == section.name.casefold()), near)
    if near is None or f"{names[near]} {near}" == f"{marks} {section.name}":
        return add
    return f"should `{names[near]} {near}` be `{marks} {section.name}`? else {add}"
