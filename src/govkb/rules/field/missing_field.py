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
(`unclassified`, `unknown`). Where the type gives a field inside others a default, `govkb check
--fix` writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from govkb.diagnostics import Diagnostic, Fix, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.record_types.fields import dotted, schemas_at
from govkb.rules.frontmatter_edits import with_field
from govkb.rules.rule import Rule
from govkb.settings import ExemptionSettings

RULE = Rule("FIELD001", "missing-field", Severity.ERROR, fixable=True)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every required field that isn't there, nor handed down, nor left out by right."""
    if record.sidecar == "folder":
        return
    for fault in record.field_faults:
        if fault.kind != "missing" or _has(record.effective, fault.path):
            continue
        if not _is_exempt(record, fault.path, terms.config.exemption):
            key = fault.path[:-1]
            fix = _default(record, fault.path)
            yield RULE.at_key(record, key, fault.message, hint=fault.hint, value=True, fix=fix)


def _default(record: Record, path: tuple[str | int, ...]) -> Fix | None:
    """Writes what the type says a field has where nobody says otherwise; no other value."""
    assert record.type is not None
    for schema in schemas_at(record.type, path):
        value = schema.get("default")
        if isinstance(value, str | bool | int) and all(isinstance(part, str) for part in path):
            edit = with_field(record, tuple(map(str, path)), value)
            return Fix(f"add `{dotted(path)}` with its default", (edit,)) if edit else None
    return None


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
