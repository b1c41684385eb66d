"""Two items of a record have one short name.

## What it does

Compares the short names of a record's items of one kind. An item without one is called by its
number, or by the next that is free.

## Why

A name that means two things can be waived, answered or cited for the wrong one.

## Bad

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: infra
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Acceptance criteria

- [ ] AC1: The plan shows no differences.
- [ ] AC1: Nothing was restarted.
```

## Good

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: infra
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Acceptance criteria

- [ ] AC1: The plan shows no differences.
- [ ] AC2: Nothing was restarted.
```

## Fix

Give one of them another name.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.items import Item, plain_name
from govkb.rules.kinds_of_items import called, items_by_kind
from govkb.rules.rule import Rule

RULE = Rule("ITEM004", "repeated-item", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every item whose name an earlier one of its kind has."""
    for _, items in items_by_kind(record):
        known: dict[str, Item] = {}
        for item in items:
            first = known.setdefault(plain_name(item.name), item)
            if first is not item:
                message = f"{called(item)} has the name of another"
                related = (Related("the first", record.path, first.span_in(record)),)
                hint = "give one of them another name"
                place = item.extent_in(record)
                yield RULE.at_offsets(record, *place, message, hint=hint, related=related)
