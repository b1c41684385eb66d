"""A field is not declared by the type.

## What it does

Reports fields that neither the type nor the vocabulary declares.

## Why

Most often it is a typo, and the field that was meant is missing without anybody noticing.

## Bad

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
severty: high
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

Correct the name, or declare the field in the type's `type.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.config import Config
from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("FIELD004", "unknown-field", Severity.WARNING)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every field that nobody declared: neither the type nor the settings."""
    for fault in record.field_faults:
        if fault.kind == "unknown-field" and not _is_of_settings(fault.path, terms.config):
            yield RULE.at_key(record, fault.path, fault.message, hint=fault.hint, value=False)


def _is_of_settings(path: tuple[str | int, ...], config: Config) -> bool:
    """Whether the settings give a field its meaning, whatever the type."""
    if path == ("inheritance",):
        return config.inheritance.file is not None
    return path == (config.exemption.field,)
