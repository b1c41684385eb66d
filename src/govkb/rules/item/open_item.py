"""A record is further than its open items allow.

## What it does

Reports items that aren't done and that stand in the way of the record's status: acceptance criteria
of a closed ticket, hard gates of one that is being worked on. An item that somebody has waived,
with a reason, is in nobody's way.

## Why

A box that nobody ticked is either a promise that was broken or one that was kept and can't be told
from it.

## Bad

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: infra
status: closed
closed: 2026-04-22
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
closed: 2026-04-22
waived:
  - {item: AC2, by: Ava, why: both procedures go away with the move}
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Acceptance criteria

- [x] AC1: The plan shows no differences.
- [ ] AC2: Both procedures say so.
```

## Fix

Do it and tick it, waive it with a reason, or set the status that is true.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.waivers import is_settled
from govkb.rules.kinds_of_items import called, is_as, items_by_kind
from govkb.rules.rule import Rule

RULE = Rule("ITEM005", "open-item", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every open item that its record's status doesn't allow."""
    for kind, items in items_by_kind(record):
        if record.status not in kind.blocks or kind.settled_by is not None:
            continue
        for item in items:
            if not is_settled(item, record) and is_as(item, kind.binding):
                message = f"{called(item)} is {item.state}, and the record is {record.status}"
                waive = f", or waive it in `{kind.waivers}`" if kind.waivers else ""
                hint = f"do it{waive}, or set the status that is true"
                yield RULE.at_offsets(record, *item.extent_in(record), message, hint=hint)
