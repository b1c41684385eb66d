"""A record lacks what its status demands.

## What it does

Compares fields and sections with the type's `requires_when`: a closed incident, for example, has
a `resolved` moment and at least one learning. What folders hand down counts. Relations that a
status demands are `unmet-relation-demand`.

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
from govkb.record_types import SectionType
from govkb.rules.rule import Rule
from govkb.rules.sections import section_of

RULE = Rule("STATE002", "unmet-demand", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every field and section that the record's status demands and that it doesn't have."""
    if record.type is None or not record.type.demands or record.sidecar == "folder":
        return
    demand = record.type.demands.get(record.status or "")
    if demand is None:
        return
    label = f"{record.type.label.lower()} with status {record.status!r}"
    for name in demand.fields:
        if not _has_field(record, name):
            message = f"the {label} must have the field `{name}`"
            hint = f"add `{name}: …`, or set the status that is true"
            yield RULE.at_key(record, ("status",), message, hint=hint)
    for name in demand.sections:
        if not _has_text(record, name):
            message = f'the {label} must have text in the section "{name}"'
            hint = f"{_way(record, name)}, or set the status that is true"
            yield RULE.at_key(record, ("status",), message, hint=hint)


def _has_field(record: Record, name: str) -> bool:
    """Whether a field has a value, or has an empty one that is reported already."""
    assert record.type is not None
    if record.effective.get(name, record.type.defaults.get(name)) not in (None, "", [], {}):
        return True
    return name in record.metadata and any(f.path[:1] == (name,) for f in record.field_faults)


def _has_text(record: Record, name: str) -> bool:
    section = section_of(record, _declared(record, name))
    return section is not None and section.has_text


def _way(record: Record, name: str) -> str:
    """How text gets into a section; what is added to a growing one is sealed at once."""
    if _declared(record, name).append_only and name == "Learnings":
        return f'`govkb learn {record.id} "…"` adds it'
    return f"write it under `{_heading(record, name)}`"


def _heading(record: Record, name: str) -> str:
    within = _declared(record, name).within
    return f"### {name}` in `## {within}" if within else f"## {name}"


def _declared(record: Record, name: str) -> SectionType:
    return (record.type.sections.get(name) if record.type else None) or SectionType(name)
