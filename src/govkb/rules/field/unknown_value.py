"""A value is not in the vocabulary.

## What it does

Reports values of fields with a fixed vocabulary, such as `severity`, that are not in it. Where
folders hand metadata down, `inheritance` is such a field in every file: its `mode` is `inherit` or
`none`, its `merge_strategy` `replace` or `union`.

## Why

`High`, `HIGH` and `sev2` are three values to every filter. One vocabulary keeps lists complete.

## Bad

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: hihg
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

Choose a value from the list, or add yours to `templates/vocabulary.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult, Record
from govkb.reading.inheritance import CONTROLS
from govkb.rules.rule import Rule

RULE = Rule("FIELD003", "unknown-value", Severity.ERROR)


def check_file(result: ReadResult, terms: Terms) -> Iterator[Diagnostic]:
    """Every value outside its vocabulary; a folder's metadata needs no type for `inheritance`."""
    record = result.record
    if record is None:
        return
    for fault in record.field_faults:
        if fault.kind == "unknown-value":
            yield RULE.at_key(record, fault.path, fault.message, hint=fault.hint, value=True)
    controls = record.metadata.get("inheritance")
    if controls and terms.config.inheritance.file is not None:
        yield from _unknown_controls(record, controls)


def _unknown_controls(record: Record, controls: Any) -> Iterator[Diagnostic]:
    if not isinstance(controls, dict):
        message = f"`inheritance` is {controls!r}; it must be fields of its own"
        hint = "write `{mode: none}` to shut out what is above"
        yield RULE.at_key(record, ("inheritance",), message, hint=hint, value=True)
        return
    for key, value in controls.items():
        path = ("inheritance", key)
        if key not in CONTROLS:
            message = f"`inheritance` has no field `{key}`"
            yield RULE.at_key(record, path, message, hint=f"known fields: {', '.join(CONTROLS)}")
        elif value not in CONTROLS[key]:
            message = f"{value!r} is no value for `inheritance.{key}`"
            allowed = f"allowed: {', '.join(CONTROLS[key])}"
            yield RULE.at_key(record, path, message, hint=allowed, value=True)
