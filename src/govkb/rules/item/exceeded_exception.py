"""What is done isn't what the exception allows.

## What it does

Looks at the exception that an item rests on (`excused_by` in the type's declaration), and reports
one that is used for something that it doesn't allow, or after the day on which it ends. A dispatch
that changes `container.image`, for example, is outside an exception for the drift of
`container.state.exited_success`.

## Why

An exception weakens a rule by exactly what it says. What goes further has been allowed by nobody.

## Bad

```markdown changes/CHG-20260518-run-minio-init-again.md
---
id: CHG-20260518-run-minio-init-again
title: Run minio-init again
tier: lite
---

# Run minio-init again

## Post-merge operator dispatch

- [ ] Start the apply by hand
  - Module: `minio-init`
  - Allow stateful: no
  - Drift: `container.state.exited_success`, `container.image`
  - Exception: DEC-20260518-one-shot-exception

## Canary Context Pack

### Product story

The sidecar must be set up.

### What changed

The command of `minio-init`.

### Why it changed

It exits with code 1.

### Runtime evidence

It exited with code 1.

### Known constraints

It runs after the backup.

### Explicit out-of-scope

Everything else.

### Requested decision

Merge it.

### Merge blockers

- Any finding that it deletes a bucket.
```

```markdown decisions/DEC-20260518-one-shot-exception.md
---
id: DEC-20260518-one-shot-exception
title: Allow a real apply for one-shot containers
date: 2026-05-18
status: ratified
---

# Allow a real apply for one-shot containers

## Context

The rule stands in the way of a repair.

## Decision

It is allowed where nothing but the state of a one-shot differs.

## Exceptions

- A one-shot whose last run failed may be run again
  - Rule: the plan of a stateful module changes nothing
  - Scope: services with `restart:no`
  - Allows: drift of `container.state.exited_success`
  - Precondition: a backup
```

## Good

```markdown changes/CHG-20260518-run-minio-init-again.md
---
id: CHG-20260518-run-minio-init-again
title: Run minio-init again
tier: lite
---

# Run minio-init again

## Post-merge operator dispatch

- [ ] Start the apply by hand
  - Module: `minio-init`
  - Allow stateful: no
  - Drift: `container.state.exited_success`
  - Exception: DEC-20260518-one-shot-exception

## Canary Context Pack

### Product story

The sidecar must be set up.

### What changed

The command of `minio-init`.

### Why it changed

It exits with code 1.

### Runtime evidence

It exited with code 1.

### Known constraints

It runs after the backup.

### Explicit out-of-scope

Everything else.

### Requested decision

Merge it.

### Merge blockers

- Any finding that it deletes a bucket.
```

```markdown decisions/DEC-20260518-one-shot-exception.md
---
id: DEC-20260518-one-shot-exception
title: Allow a real apply for one-shot containers
date: 2026-05-18
status: ratified
---

# Allow a real apply for one-shot containers

## Context

The rule stands in the way of a repair.

## Decision

It is allowed where nothing but the state of a one-shot differs.

## Exceptions

- A one-shot whose last run failed may be run again
  - Rule: the plan of a stateful module changes nothing
  - Scope: services with `restart:no`
  - Allows: drift of `container.state.exited_success`
  - Precondition: a backup
```

## Fix

Do no more than is allowed, or have somebody decide about a wider exception.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.graph.parts import item_of
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.reading.items import Item, items_of
from govkb.record_types.items import Excuse
from govkb.record_types.status_words import NO_LONGER_IN_FORCE
from govkb.rules.kinds_of_items import called
from govkb.rules.moments import is_before
from govkb.rules.rule import Rule

RULE = Rule("ITEM018", "exceeded-exception", Severity.ERROR)

_CODE = re.compile(r"`+([^`]+)`+")
_BETWEEN = re.compile(r"\s*(?:[,;\n]|\band\b)\s*")

# What grants something, and why it doesn't cover a use of it.
Exceeded = tuple[Record, Item | None, str]


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every item that goes beyond the exception that it rests on."""
    for record in base.records:
        if record.type is None or record.status in NO_LONGER_IN_FORCE:
            continue
        for kind in (kind for kind in record.type.items.values() if kind.excuse is not None):
            assert kind.excuse is not None
            for item in items_of(record, kind.kind):
                # The states behind the first two are those of what was given up.
                if item.state in kind.states[:2] and item.value(kind.excuse.by):
                    yield from _judged(record, item, kind.excuse, base)


def _judged(
    record: Record, item: Item, excuse: Excuse, base: KnowledgeBase
) -> Iterator[Diagnostic]:
    found = list(_exceeded(record, item, excuse, base))
    if not found or not all(reason for *_, reason in found):
        return
    granting, exception, reason = found[0]
    name = f"{called(exception)} of {granting.id}" if exception is not None else granting.id
    message = f"{called(item)} rests on {name}, {reason}"
    span = exception.span_in(granting) if exception is not None else None
    related = (Related("what it rests on", granting.path, span),)
    hint = "do no more than is allowed, or have a wider exception decided"
    place = item.extent_in(record, excuse.by)
    yield RULE.at_offsets(record, *place, message, hint=hint, related=related)


def _exceeded(
    record: Record, item: Item, excuse: Excuse, base: KnowledgeBase
) -> Iterator[Exceeded]:
    """Every exception that is named, with the reason why it doesn't cover the item, or none."""
    for name, found in base.graph.resolver.references(item.value(excuse.by), record):
        granting = found.record
        if granting is None or granting.type is None or excuse.item not in granting.type.items:
            continue  # other rules tell of what isn't there, and of what proves nothing
        one = item_of(granting, name)
        granted = items_of(granting, excuse.item)
        exceptions = [one] if one is not None and one in granted else granted
        label = granting.type.items[excuse.item].label.lower()
        for exception in exceptions:
            yield granting, exception, _reason(item, exception, excuse, base.today)
        if not exceptions:
            yield granting, None, f"which grants no {label}"


def _reason(item: Item, exception: Item, excuse: Excuse, today: date) -> str:
    """Why an exception doesn't cover an item; empty where it does."""
    for mine, theirs in excuse.within.items():
        allowed = exception.value(theirs)
        outside = [name for name in _names(item.value(mine)) if not _is_in(name, allowed)]
        if outside and allowed:
            said = ", ".join(f"`{name}`" for name in outside)
            return f"which doesn't allow {said}: {allowed}"
    until = exception.value(excuse.until) if excuse.until else ""
    done = item.value(excuse.at) if excuse.at else ""
    used = done or (today.isoformat() if item.is_open else "")
    if until and used and is_before(until, used):
        return f"which expired on {until}"
    if item.is_open and exception.state != exception.kind.states[0]:
        return f"which is {exception.state}"
    return ""


def _names(value: str) -> list[str]:
    """The things that a value names: those written as code, else what commas part."""
    coded = _CODE.findall(value)
    return [name for name in coded or _BETWEEN.split(value.strip()) if name]


def _is_in(name: str, text: str) -> bool:
    """Whether a text names something: the whole of it, and nothing of which it is only a part."""
    return bool(re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)", text, re.IGNORECASE))
