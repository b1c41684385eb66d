"""An item doesn't say what one like it must say.

## What it does

Asks of each item for the values that its kind `needs`: always, in certain states, or where other
values make them necessary. An action that is done, for example, says who authorised it and when it
was carried out, and has what came of it pasted in; one that can't be undone has a phase of its own.
A declaration may lower the severity, as it does for an open question that nobody is asked.

## Why

What was done without anybody's word, or with nothing to show for it, can't be told from what
should never have been done.

## Bad

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
---

# Handoff of 2026-04-21

## Executor actions

- [x] `kubectl -n ge-gitlab delete cronjob pg-emergency-dump`
  - Executed: 2026-04-22T09:00:00Z
  - Evidence: `cronjob.batch "pg-emergency-dump" deleted`
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

- [x] `kubectl -n ge-gitlab delete cronjob pg-emergency-dump`
  - Authorised by: reviewer
  - Executed: 2026-04-22T09:00:00Z
  - Evidence: `cronjob.batch "pg-emergency-dump" deleted`
```

## Fix

Add what is missing as a point of its own below the item, or as a cell of its row.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.items import Item, items_of
from govkb.record_types.items import Need
from govkb.rules.kinds_of_items import called, is_as
from govkb.rules.rule import Rule

RULE = Rule("ITEM003", "missing-item-value", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every value that an item needs and doesn't have."""
    for item in items_of(record):
        for need in item.kind.needs:
            if (not need.states or item.state in need.states) and is_as(item, need.where):
                yield from _missing(record, item, need)


def _missing(record: Record, item: Item, need: Need) -> Iterator[Diagnostic]:
    wanted = [(name,) for name in need.values] + ([need.any_of] if need.any_of else [])
    for names in wanted:
        if not any(item.value(name) for name in names):
            headings = [item.kind.heading(name).capitalize() for name in names]
            why = f"is {item.state} and " if need.states else ""
            said = " or ".join(f'"{heading}"' for heading in headings)
            message = f"{called(item)} {why}doesn't say {said}"
            hint = f'add "{headings[0]}: …" below it'
            if item.path:
                hint = f"add `{names[0]}:` to it"
            found = RULE.at_offsets(record, *item.extent_in(record), message, hint=hint)
            yield replace(found, severity=need.severity) if need.severity else found
