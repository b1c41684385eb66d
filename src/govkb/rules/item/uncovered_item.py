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
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.items import Item, items_of, plain_name
from govkb.rules.kinds_of_items import called, items_by_kind
from govkb.rules.rule import Rule

RULE = Rule("ITEM009", "uncovered-item", Severity.ERROR)
_BETWEEN = re.compile(r"[,;/\n]|\band\b")


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every item that another one should name and doesn't."""
    for kind, items in items_by_kind(record):
        if kind.covers is not None:
            for item in items:
                yield from _left_out(record, item, items_of(record, kind.covers))


def _left_out(record: Record, item: Item, wanted: list[Item]) -> Iterator[Diagnostic]:
    value = item.kind.covered_in
    named = {plain_name(part) for part in _BETWEEN.split(item.value(value))}
    for other in wanted:
        if plain_name(other.name) not in named:
            message = f"{called(item)} leaves out {called(other)}"
            related = (Related("it stands here", record.path, other.span_in(record)),)
            heading = item.kind.heading(value).capitalize()
            hint = f'look at it, and name it under "{heading}"'
            place = item.extent_in(record, value)
            yield RULE.at_offsets(record, *place, message, hint=hint, related=related)
