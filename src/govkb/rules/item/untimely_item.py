"""Something was done before its time.

## What it does

Holds the moments of an item against the order in which they have to come, and against the delay
that it sets itself. An action is authorised before it is carried out, not carried out before its
merge request is merged, and waits after that for as long as it says.

## Why

The delay of a step that can't be undone is the time in which somebody may still notice.

## Bad

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
---

# Handoff of 2026-04-21

## Executor actions

- [x] `kubectl -n ge-gitlab delete pvc pg-emergency-dump`
  - MR: `!31`
  - Phase: 2
  - Reversible: no
  - Authorised by: reviewer
  - Merged: 2026-04-21T18:00:00Z
  - Delay: 24h
  - Executed: 2026-04-22T09:00:00Z
  - Evidence: `persistentvolumeclaim "pg-emergency-dump" deleted`
```

## Good

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
---

# Handoff of 2026-04-21

## Executor actions

- [x] `kubectl -n ge-gitlab delete pvc pg-emergency-dump`
  - MR: `!31`
  - Phase: 2
  - Reversible: no
  - Authorised by: reviewer
  - Merged: 2026-04-21T18:00:00Z
  - Delay: 24h
  - Executed: 2026-04-22T18:05:00Z
  - Evidence: `persistentvolumeclaim "pg-emergency-dump" deleted`
```

## Fix

Write the moments as they were. Where they were so, say in a finding what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.items import Item, items_of
from govkb.rules.kinds_of_items import called
from govkb.rules.moments import is_before, is_within
from govkb.rules.rule import Rule

RULE = Rule("ITEM011", "untimely-item", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every moment that comes before the one that it has to follow, or too soon after it."""
    for item in items_of(record):
        said = [name for name in item.kind.times if item.value(name)]
        for earlier, later in pairwise(said):
            if is_before(item.value(later), item.value(earlier)):
                reason = f"before it was {_word(item, earlier)}"
                yield _fault(record, item, later, f"{reason} ({item.value(earlier)})")
        yield from _too_soon(record, item)


def _too_soon(record: Record, item: Item) -> Iterator[Diagnostic]:
    if item.kind.delay is None or len(item.kind.times) < 2:
        return
    earlier, later = item.kind.times[-2:]
    wait, moments = item.value(item.kind.delay), (item.value(earlier), item.value(later))
    in_order = wait and all(moments) and not is_before(moments[1], moments[0])
    if in_order and is_within(wait, *moments):
        reason = f"less than {wait.removeprefix('+')} after it was {_word(item, earlier)}"
        yield _fault(record, item, later, f"{reason} ({moments[0]})")


def _fault(record: Record, item: Item, name: str, reason: str) -> Diagnostic:
    message = f"{called(item)} was {_word(item, name)} at {item.value(name)}, {reason}"
    hint = "write the moments as they were; if they were so, file a finding"
    return RULE.at_offsets(record, *item.extent_in(record, name), message, hint=hint)


def _word(item: Item, name: str) -> str:
    """A moment as what happened then: `authorised_at` is `authorised`."""
    return name.removesuffix("_at").replace("_", " ")
