"""Something belongs to two classes, and neither is the more specific one.

## What it does

Reads the patterns of the items that are classes of something (`classes` in the kind's declaration):
names, globs such as `*postgres`, and the word for whatever is left. A name is more specific than a
glob, and a glob than what is left: `agaria-postgres` is of the class that names it, though another
has `*postgres`. Nothing decides between two classes that both name it, between globs of two
classes, or between two that both take what is left. It is asked for every name in the classes, and
for what the record names elsewhere: in the fields and the values of other items that the
declaration lists. The first 500 names and 200 globs count.

## Why

Whoever goes by the table does one thing or the other, and the next one something else. With backups
the difference is found out when one is to be restored.

## Bad

```markdown changes/CHG-20260513-backup-before-apply.md
---
id: CHG-20260513-backup-before-apply
title: Add the draft of a backup before each apply
tier: lite
modules: [agaria-postgres]
---

# Add the draft of a backup before each apply

## Canary Context Pack

### Product story

Stateful modules need a backup first.

### What changed

A script.

### Why it changed

F3 is about stateful modules.

### Class mapping table

| Class | Modules / pattern | Procedure |
|---|---|---|
| A | `postgres`, `*postgres` | Logical dump |
| E | Default | Archive of the mounted data |
| G | `agaria-*` | Archive of the compose root |

### Runtime evidence

No backup was run.

### Known constraints

It is a draft.

### Explicit out-of-scope

A restore.

### Requested decision

Merge it.

### Merge blockers

None.
```

## Good

```markdown changes/CHG-20260513-backup-before-apply.md
---
id: CHG-20260513-backup-before-apply
title: Add the draft of a backup before each apply
tier: lite
modules: [agaria-postgres]
---

# Add the draft of a backup before each apply

## Canary Context Pack

### Product story

Stateful modules need a backup first.

### What changed

A script.

### Why it changed

F3 is about stateful modules.

### Class mapping table

| Class | Modules / pattern | Procedure |
|---|---|---|
| A | `postgres`, `*postgres` | Logical dump |
| E | Default | Archive of the mounted data |
| G | `agaria-postgres`, `agaria-*` | Archive of the compose root |

### Runtime evidence

No backup was run.

### Known constraints

It is a draft.

### Explicit out-of-scope

A restore.

### Requested decision

Merge it.

### Merge blockers

None.
```

## Fix

Name it in the one class that it belongs to, or make one of the globs narrower.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.items import Item
from govkb.record_types.items import ItemType
from govkb.rules.class_tables import ClassTable, Member, class_table, names_to_classify
from govkb.rules.kinds_of_items import items_by_kind
from govkb.rules.rule import Rule

RULE = Rule("ITEM020", "ambiguous-class", Severity.ERROR)

_MOST_SHOWN = 20


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Everything that two classes lay claim to alike; of many the first."""
    for kind, items in items_by_kind(record):
        if kind.classes is not None and items:
            yield from islice(_twofold(record, kind, items), _MOST_SHOWN)


def _twofold(record: Record, kind: ItemType, items: list[Item]) -> Iterator[Diagnostic]:
    table = class_table(kind, items)
    for name in names_to_classify(record, kind, table):
        yield from _judged(record, table, name, table.claims(name))
    yield from _judged(record, table, None, table.defaults)


def _judged(
    record: Record, table: ClassTable, name: str | None, claims: list[Member]
) -> Iterator[Diagnostic]:
    first = claims[0] if claims else None
    other = next((m for m in claims if first is not None and m.item is not first.item), None)
    if first is None or other is None:
        return
    label = first.item.kind.plural.lower()
    one, two = first.item.name, other.item.name
    if name is None:
        message = f"two {label} take whatever is left: {one} and {two}"
        hint = "say what belongs to one of them"
    elif first.is_glob:
        globs = f"{first.pattern!r} of {one}, {other.pattern!r} of {two}"
        message = f"{name!r} fits two {label}: {globs}"
        hint = f"name {name!r} in the one that it belongs to: a name wins over globs"
    else:
        message = f"{name!r} is named in two {label}: {one} and {two}"
        hint = "leave it in the one that it belongs to"
    related = (Related("the other one", record.path, first.item.span_in(record)),)
    place = other.item.extent_in(record, table.by)
    yield RULE.at_offsets(record, *place, message, hint=hint, related=related)
