"""An item is in a state that its kind doesn't know.

## What it does

Compares what an item says of its state with the states that the type declares for such items.
Words after the state don't count: `done, !31` is `done`.

## Why

An item in no known state counts as open. Somebody thought that it wasn't.

## Bad

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
---

# Handoff of 2026-04-21

## Executor actions

- `kubectl -n ge-gitlab delete cronjob pg-emergency-dump`
  - State: finished
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

- `kubectl -n ge-gitlab delete cronjob pg-emergency-dump`
  - State: withdrawn, the bridge stays
```

## Fix

Write one of the states, or tick the box.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.items import items_of
from govkb.record_types.items import STATE
from govkb.record_types.likeness import nearest
from govkb.rules.kinds_of_items import called
from govkb.rules.rule import Rule

RULE = Rule("ITEM001", "unknown-item-state", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every state that no such item has."""
    for item in items_of(record):
        said = item.written_state
        if said is not None:
            message = f"{called(item)} is in no known state: {said!r}"
            near = nearest(said, item.kind.states)
            suggestion = f"did you mean {near!r}? " if near else ""
            hint = f"{suggestion}allowed: {', '.join(item.kind.states)}"
            yield RULE.at_offsets(record, *item.extent_in(record, STATE), message, hint=hint)
