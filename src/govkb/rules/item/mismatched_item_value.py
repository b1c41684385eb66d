"""An item says something of another thing than the one that it is about.

## What it does

Looks, where a kind of items says so (`names_one_of`), for the name of one thing in what is said of
another: in the reference to a backup, for the module that is dispatched, or for one of those whose
backups will do as well. A name counts as a whole, with what a path or a moment puts around it:
`minio` stands in `/backups/minio-20260517T010847Z.tar.gz`, and neither in `minio-init-20260517` nor
in `my-minio-20260517`.

## Why

A backup of another module is no way back for this one. That it was the wrong one turns out when it
is needed.

## Bad

````markdown changes/CHG-20260518-minio-init.md
---
id: CHG-20260518-minio-init
title: Let minio-init run once
tier: lite
---

# Let minio-init run once

## Canary Context Pack

### Product story

The buckets are missing.

### What changed

The command is one script.

### Why it changed

It exits with an error.

### Runtime evidence

The container has exited with 1.

### Known constraints

It needs a backup first.

### Explicit out-of-scope

The data itself.

### Requested decision

Merge it.

### Merge blockers

None.

## Post-merge operator dispatch

Trigger `auto-apply.yml` with:

```text
module=minio
allow_stateful=true
backup_ref=/backups/postgres-20260517T010847Z.sql.gz
stateful_confirm=BACKUP_DONE_F3
```
````

## Good

````markdown changes/CHG-20260518-minio-init.md
---
id: CHG-20260518-minio-init
title: Let minio-init run once
tier: lite
---

# Let minio-init run once

## Canary Context Pack

### Product story

The buckets are missing.

### What changed

The command is one script.

### Why it changed

It exits with an error.

### Runtime evidence

The container has exited with 1.

### Known constraints

It needs a backup first.

### Explicit out-of-scope

The data itself.

### Requested decision

Merge it.

### Merge blockers

None.

## Post-merge operator dispatch

Trigger `auto-apply.yml` with:

```text
module=minio-init
backup_ref_modules=minio
allow_stateful=true
backup_ref=/backups/minio-20260517T010847Z.tar.gz
stateful_confirm=BACKUP_DONE_F3
```
````

## Fix

Name the right one. Where another will do as well, say so: for a backup under `backup_ref_modules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.items import Item, items_of
from govkb.record_types.schema_words import cut
from govkb.rules.kinds_of_items import called
from govkb.rules.rule import Rule

RULE = Rule("ITEM019", "mismatched-item-value", Severity.ERROR)

_BETWEEN = re.compile(r"[\s,;]+|\band\b")
_MARKS = "`*_'\""
_MOST_SHOWN, _LONGEST = 5, 80


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every value without the name of what it has to be of."""
    for item in items_of(record):
        for value, sources in item.kind.names.items():
            said = item.value(value)
            wanted = list(dict.fromkeys(n for source in sources for n in _names(item, source)))
            if said and wanted and not any(_stands_in(name, said) for name in wanted):
                yield _fault(record, item, value, sources, wanted)


def _names(item: Item, source: str) -> Iterator[str]:
    """What a value says: one name, or several."""
    return (name for part in _BETWEEN.split(item.value(source)) if (name := part.strip(_MARKS)))


def _stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text as a whole, and not as a part of a longer one.

    A dash may follow where a number does, such as a moment.
    """
    pattern = rf"(?<![\w.-]){re.escape(name)}(?![^\W_]|[-_][^\W\d])"
    return re.search(pattern, text, re.IGNORECASE) is not None


def _fault(
    record: Record, item: Item, value: str, sources: tuple[str, ...], wanted: list[str]
) -> Diagnostic:
    heading, *others = (item.kind.heading(name).capitalize() for name in (value, *sources[1:]))
    shown = " nor ".join(repr(cut(name, _LONGEST)) for name in wanted[:_MOST_SHOWN])
    lacks = f"names neither {shown}" if len(wanted) > 1 else f"doesn't name {shown}"
    message = f'{called(item)}: "{heading}" is {cut(item.value(value), _LONGEST)!r}, which {lacks}'
    hint = f"name the right one: {cut(wanted[0], _LONGEST)}-20260517T010847Z"
    if others:
        hint += f', or say under "{others[0]}" what will do as well'
    return RULE.at_offsets(record, *item.extent_in(record, value), message, hint=hint)
