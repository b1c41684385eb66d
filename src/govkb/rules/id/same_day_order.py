"""Nothing says which of a day's records came first.

## What it does

Looks at types whose records follow each other, which are those with the relation `previous` and a
date in their ids. Several of one day need an order: a letter or a number in the id, or
`previous`, which leads from each but the first to another of that day.

## Why

What was handed over last is what holds. With two of one day, the next session may go on from the
wrong one, and what the other one says is lost.

## Bad

```yaml ../templates/shift/type.yaml
type: shift
label: Shift
purpose: What one shift passes to the next.
id: "SHIFT-{date:%Y-%m-%d}-{slug}"
path: "shifts/{id}.md"
status: {initial: open, open: []}
relations: [previous, relates_to]
```

```markdown shifts/SHIFT-2026-04-21-early.md
---
id: SHIFT-2026-04-21-early
title: The early shift
---

# The early shift

All quiet.
```

```markdown shifts/SHIFT-2026-04-21-late.md
---
id: SHIFT-2026-04-21-late
title: The late shift
---

# The late shift

All quiet.
```

## Good

```yaml ../templates/shift/type.yaml
type: shift
label: Shift
purpose: What one shift passes to the next.
id: "SHIFT-{date:%Y-%m-%d}-{slug}"
path: "shifts/{id}.md"
status: {initial: open, open: []}
relations: [previous, relates_to]
```

```markdown shifts/SHIFT-2026-04-21-early.md
---
id: SHIFT-2026-04-21-early
title: The early shift
---

# The early shift

All quiet.
```

```markdown shifts/SHIFT-2026-04-21-late.md
---
id: SHIFT-2026-04-21-late
title: The late shift
previous: SHIFT-2026-04-21-early
---

# The late shift

All quiet.
```

## Fix

Add `previous` to each but the first of the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RecordType, RelationType
from govkb.rules.relations import edges
from govkb.rules.rule import Rule

RULE = Rule("ID017", "same-day-order", Severity.ERROR)

_ORDERING = ("letter", "seq", "int", "number")
_RELATION = "previous"
_SHOWN = 20


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record of a day that has no order of its own and follows none of that day."""
    kinds = {t.name: kind for t in base.catalogue.types.values() if (kind := _previous(t))}
    days: dict[tuple[str, str], dict[str, Record]] = defaultdict(dict)
    for record in base.records if kinds else ():
        if record.type is not None and record.type.name in kinds and _lacks_order(record):
            days[record.type.name, record.tokens["date"]].setdefault(record.id, record)
    crowded = [(day, records) for (_, day), records in days.items() if len(records) > 1]
    if crowded:
        found = edges(base, next(iter(kinds.values())))
        previous: dict[str, set[str]] = defaultdict(set)
        for edge in found:
            previous[edge.source.id].add(edge.target.id)
        for day, records in crowded:
            first = [r for r in records.values() if previous[r.id].isdisjoint(records)]
            yield from _faults(day, first)


def _previous(record_type: RecordType) -> RelationType | None:
    return record_type.relations.get(_RELATION)


def _lacks_order(record: Record) -> bool:
    """Whether an id has a day and nothing that says which of the day's it is."""
    return "date" in record.tokens and not any(name in record.tokens for name in _ORDERING)


def _faults(day: str, first: list[Record]) -> Iterator[Diagnostic]:
    """The faults of those that follow none, where there are several."""
    for record in first if len(first) > 1 else ():
        assert record.type is not None
        plural = record.type.plural.lower()
        message = f"nothing says in which order {plural} of {day} came: {_listed(first)}"
        hint = f"add `{_RELATION}` to each but the first of the day"
        others = islice((other for other in first if other is not record), _SHOWN)
        related = tuple(Related(f"also of {day}", other.path) for other in others)
        yield RULE.at_key(record, ("id",), message, hint=hint, related=related)


def _listed(records: list[Record]) -> str:
    if len(records) > 2:
        return f"{len(records)} of them have none"
    return " and ".join(record.id for record in records)
