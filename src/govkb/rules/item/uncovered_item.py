"""Not everything that has to be looked at was.

## What it does

Compares what an evaluation names with the gates that its record declares. All of them must be
named, whatever the evaluation says of each.

## Why

A reviewer read three gates cold, found them satisfied and left out the fourth. Nobody would have
noticed had the executor not counted them.

## Bad

```markdown tickets/ticket-58-remove-the-bridge.md
---
id: ticket-58
title: Remove the bridge
kind: chore
---

# Remove the bridge

## Problem

The bridge is needed no more.

## Acceptance criteria

- [ ] AC1: It is gone.

## Gates

- gate-1: The backup of the chart works.
- AND-gate-2: Snapshots of the state are taken.

## Evaluations

- The reviewer's cold read
  - Gates: gate-1
```

## Good

```markdown tickets/ticket-58-remove-the-bridge.md
---
id: ticket-58
title: Remove the bridge
kind: chore
---

# Remove the bridge

## Problem

The bridge is needed no more.

## Acceptance criteria

- [ ] AC1: It is gone.

## Gates

- gate-1: The backup of the chart works.
- AND-gate-2: Snapshots of the state are taken.

## Evaluations

- The reviewer's cold read
  - Gates: gate-1, AND-gate-2
```

## Fix

Look at what was left out, and name it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.items import Item, items_of, plain_name
from govkb.rules.kinds_of_items import called, items_by_kind
from govkb.rules.rule import Rule

RULE = Rule("ITEM009", "uncovered-item", Severity.ERROR)
_MOST = 20
_BETWEEN = re.compile(r"[,;/\n]|\band\b")


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every item that another one should name and doesn't."""
    for kind, items in items_by_kind(record):
        if kind.covers is not None:
            yield from _left_out(record, items, items_of(record, kind.covers))


def _left_out(record: Record, items: list[Item], wanted: list[Item]) -> Iterator[Diagnostic]:
    """The first of them, and how many more there are: many of both have a product of faults."""
    numbers = Counter(plain_name(other.name) for other in wanted)
    room, rest = _MOST, 0
    for item in items:
        named = {plain_name(part) for part in _BETWEEN.split(item.value(item.kind.covered_in))}
        left = len(wanted) - sum(numbers[name] for name in named)
        if room and left:
            others = [other for other in wanted if plain_name(other.name) not in named]
            yield from (_fault(record, item, other) for other in others[:room])
        rest += max(0, left - room)
        room = max(0, room - left)
    if rest:
        kinds = f"{items[0].kind.plural.lower()} leave out {wanted[0].kind.plural.lower()}"
        message = f"{kinds} in {rest:,} more places"
        yield RULE.at_offsets(record, *items[-1].extent_in(record), message)


def _fault(record: Record, item: Item, other: Item) -> Diagnostic:
    message = f"{called(item)} leaves out {called(other)}"
    related = (Related("it stands here", record.path, other.span_in(record)),)
    value = item.kind.covered_in
    hint = f'look at it, and name it under "{item.kind.heading(value).capitalize()}"'
    place = item.extent_in(record, value)
    return RULE.at_offsets(record, *place, message, hint=hint, related=related)
