"""A field has a value that its record's status rules out.

## What it does

Holds fields against the values that a status allows (`requires_when: {merged: {values:
{canary.state: [pass], "checks[required].result": [pass, skipped]}}}`). A path leads through every
item of a list; `[required]` means only those items whose `required` is true. A field that isn't
there is no matter of this rule. A declaration may lower the severity (`{in: [pass], severity:
warning}`).

## Why

A change that was merged while a required check was red has passed no check at all.

## Bad

```markdown changes/CHG-20260518-minio-init.md
---
id: CHG-20260518-minio-init
title: Let minio-init exit
status: merged
tier: lite
canary: {state: pass, note: looked at it for an hour}
checks:
  - {name: unit tests, result: fail, required: true}
merged: 2026-05-18
---

# Let minio-init exit

## Canary Context Pack

### Product story

Whoever applies a module sees whether it worked.

### What changed

The exit code of a job that runs once.

### Why it changed

It was taken for a crash.

### Runtime evidence

The job ended with 0.

### Known constraints

None.

### Explicit out-of-scope

Jobs that run for ever.

### Requested decision

Merge it.

### Merge blockers

None.
```

## Good

```markdown changes/CHG-20260518-minio-init.md
---
id: CHG-20260518-minio-init
title: Let minio-init exit
status: merged
tier: lite
canary: {state: pass, note: looked at it for an hour}
checks:
  - {name: unit tests, result: success, required: true}
merged: 2026-05-18
---

# Let minio-init exit

## Canary Context Pack

### Product story

Whoever applies a module sees whether it worked.

### What changed

The exit code of a job that runs once.

### Why it changed

It was taken for a crash.

### Runtime evidence

The job ended with 0.

### Known constraints

None.

### Explicit out-of-scope

Jobs that run for ever.

### Requested decision

Merge it.

### Merge blockers

None.
```

## Fix

Correct the value, or set the status that is true.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.record_types import RecordType, ValueDemand
from govkb.record_types.fields import dotted, schemas_at
from govkb.rules.rule import Path, Rule

RULE = Rule("STATE007", "unfit-value", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every value that the record's status doesn't allow."""
    if record.type is None or not record.type.demands:
        return
    demand = record.type.demands.get(record.status or "")
    for wanted in demand.values if demand is not None else ():
        for path, value in _values(record.effective, wanted.path):
            if _canonical(record.type, path, value) not in wanted.allowed:
                yield _fault(record, wanted, path, value)


def _values(value: Any, path: tuple[str, ...], at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value that a path leads to, with its own place."""
    if not path:
        if value not in (None, "", [], {}):
            yield at, value
        return
    name, _, flag = path[0].rstrip("]").partition("[")
    inner = value.get(name) if isinstance(value, dict) else None
    if not isinstance(inner, list):
        yield from _values(None if flag else inner, path[1:], (*at, name))
        return
    for number, item in enumerate(inner):
        if not flag or (isinstance(item, dict) and item.get(flag) is True):
            yield from _values(item, path[1:], (*at, name, number))


def _canonical(record_type: RecordType, path: Path, value: Any) -> Any:
    """A value under its own name, where its vocabulary has other spellings of it."""
    for schema in schemas_at(record_type, path) if isinstance(value, str) else ():
        name = str(schema.get("$ref", "")).removeprefix("#/$defs/")
        value = record_type.spellings.get(name, {}).get(value, value)
    return value


def _fault(record: Record, wanted: ValueDemand, path: Path, value: Any) -> Diagnostic:
    assert record.type is not None
    label = f"{record.type.label.lower()} with status {record.status!r}"
    allowed = " or ".join(_shown(each) for each in wanted.allowed)
    message = f"the {label} must have {allowed} as `{dotted(path)}`; it has {_shown(value)}"
    hint = "correct it, or set the status that is true"
    found = RULE.at_key(record, path, message, hint=hint)
    return replace(found, severity=wanted.severity) if wanted.severity else found


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
