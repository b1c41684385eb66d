"""Two records have the same id.

## What it does

Reports every record whose id another record also has, with the others. With a base
(`govkb check --base REF`) also a new record whose id was given on that branch meanwhile: merged,
both would have it.

## Why

A reference to such an id can't be resolved, and whichever record is read first would win in
silence.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

```markdown pitfalls/look-twice.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Good

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

```markdown pitfalls/look-twice.md
---
id: look-twice
title: Look twice
enforcement: none
---

# Look twice

## Pattern

One look is taken for two.

## Rule

Look again.
```

## Fix

Give the younger record a new id: `govkb move OLD NEW` changes it wherever it is cited. `govkb new`
allocates the next free one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("ID002", "duplicate-id", Severity.ERROR)

_SHOWN = 50


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record that shares its id, at its id; a file's name alone claims none."""
    by_id: dict[str, list[Record]] = defaultdict(list)
    for record in base.records:
        if record.id and record.has_own_id:
            by_id[record.id].append(record)
    for record_id, records in by_id.items():
        places = [_place(record) for record in records[: _SHOWN + 1]] if len(records) > 1 else []
        for number, record in enumerate(records if places else ()):
            count = len(records) - 1
            also = "another record has" if count == 1 else f"{count} other records have"
            others = tuple(place for n, place in enumerate(places) if n != number)[:_SHOWN]
            message = f"{also} the id {record_id!r} too"
            yield RULE.at_key(record, ("id",), message, related=others)
    for record, path in base.given_meanwhile():
        message = f"the base has got a record with the id {record.id!r} since: {path}"
        hint = f"`govkb move {record.path} NEW-ID --forget` gives this one another"
        yield RULE.at_key(record, ("id",), message, hint=hint)


def _place(record: Record) -> Related:
    return Related(f"also {record.id}", record.path, record.span_of(("id",), value=True))
