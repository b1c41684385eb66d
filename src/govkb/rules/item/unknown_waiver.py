"""A waiver names no item.

## What it does

Compares the items that a record waives with those that it has.

## Why

A waiver for `AC9` of eight criteria was meant for another one, which still binds.

## Bad

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: infra
waived:
  - {item: AC2, by: Ava, why: both procedures go away with the move}
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Acceptance criteria

- [ ] AC1: The plan shows no differences.
```

## Good

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: infra
waived:
  - {item: AC1, by: Ava, why: the plan goes away with the move}
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Acceptance criteria

- [ ] AC1: The plan shows no differences.
```

## Fix

Name the item that is meant, as it stands in the text, or take the waiver out.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.items import plain_name
from govkb.reading.waivers import waivers_of
from govkb.record_types.likeness import did_you_mean
from govkb.rules.kinds_of_items import items_by_kind
from govkb.rules.rule import Rule

RULE = Rule("ITEM006", "unknown-waiver", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every waiver for an item that there isn't; several kinds may be waived in one field."""
    names: dict[str, list[str]] = {}
    waivers: dict[str, dict[str, int]] = {}
    for kind, items in items_by_kind(record):
        if kind.waivers is not None:
            names.setdefault(kind.waivers, []).extend(item.name for item in items)
            waivers[kind.waivers] = waivers_of(record, kind)
    for field, found in waivers.items():
        known = {plain_name(name) for name in names[field]}
        for name, number in found.items():
            if name and name not in known:
                said = record.at((field, number, "item"))
                message = f"`{field}` names {said!r}, and the record has no such item"
                hint = did_you_mean(str(said), names[field])
                yield RULE.at_key(record, (field, number, "item"), message, hint=hint)
