"""A record rests on a waiver that holds no longer.

## What it does

Reports the open items that stand in the way of their record's status, and whose waiver has expired.
The day on which one `expires` is still within. `govkb due` tells of it before.

## Why

Somebody allowed it for a time. Without a word since, nobody has allowed it any more.

## Bad

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: infra
status: closed
closed: 2026-03-22
waived:
  - {item: AC2, by: Ava, why: both procedures go away with the move, expires: 2026-03-31}
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Acceptance criteria

- [x] AC1: The plan shows no differences.
- [ ] AC2: Both procedures say so.
```

## Good

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: infra
status: closed
closed: 2026-03-22
waived:
  - {item: AC2, by: Ava, why: both procedures go away with the move, expires: 2126-03-31}
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Acceptance criteria

- [x] AC1: The plan shows no differences.
- [ ] AC2: Both procedures say so.
```

## Fix

Do it and tick it, waive it anew with a later day, or set the status that is true.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.items import settled_by_others
from govkb.reading import Record
from govkb.reading.items import items_of, plain_name
from govkb.reading.waivers import last_day_of, waivers_of
from govkb.record_types.items import ItemType
from govkb.rules.kinds_of_items import called, is_as
from govkb.rules.rule import Rule

RULE = Rule("ITEM017", "expired-waiver", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every open item in its record's way that was waived, and is so no longer."""
    for record in base.records:
        for kind in record.type.items.values() if record.type is not None else ():
            if record.status in kind.blocks and waivers_of(record, kind):
                yield from _expired(record, kind, base)


def _expired(record: Record, kind: ItemType, base: KnowledgeBase) -> Iterator[Diagnostic]:
    assert kind.waivers is not None
    waivers = waivers_of(record, kind)
    expired = waivers.keys() - waivers_of(record, kind, base.today).keys()
    settled = {name for name, _ in settled_by_others(record, kind, base)} if expired else ()
    for item in items_of(record, kind.kind) if expired else ():
        name = plain_name(item.name)
        if name in expired and name not in settled and item.is_open and is_as(item, kind.binding):
            place = (kind.waivers, waivers[name])
            day = last_day_of(record.metadata[kind.waivers][waivers[name]])
            message = (
                f"{called(item)} is {item.state}, and the record is {record.status}: its waiver "
                f"expired on {day}"
            )
            related = Related("the waiver", record.path, record.span_of(place, value=True))
            hint = "do it, waive it anew with a later day, or set the status that is true"
            offsets = item.extent_in(record)
            yield RULE.at_offsets(record, *offsets, message, hint=hint, related=(related,))
