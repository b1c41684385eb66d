"""A required field is missing.

## What it does

Reports fields that the type requires and the record does not have. What its folders hand down
counts as the record's own, and an exempt record may leave out the fields that the settings name.

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

from collections.abc import Iterator, Mapping
from typing import Any

from govkb.config import ExemptionSettings
from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.record_types.fields import dotted
from govkb.rules.rule import Rule

RULE = Rule("FIELD001", "missing-field", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every required field that isn't there, nor handed down, nor left out by right."""
    if record.sidecar == "folder":
        return
    for fault in record.field_faults:
        if fault.kind != "missing" or _has(record.effective, fault.path):
            continue
        if not _is_exempt(record, fault.path, terms.config.exemption):
            key = fault.path[:-1]
            yield RULE.at_key(record, key, fault.message, hint=fault.hint, value=True)


def _has(metadata: Mapping[str, Any], path: tuple[str | int, ...]) -> bool:
    value: Any = metadata
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return False
    return value is not None and value != ""


def _is_exempt(record: Record, path: tuple[str | int, ...], exemption: ExemptionSettings) -> bool:
    if exemption.field is None or record.effective.get(exemption.field) is not True:
        return False
    return dotted(path) in exemption.fields or path[0] in exemption.fields
