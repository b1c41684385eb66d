"""An item says something that can't be.

## What it does

Holds the values of items, the cells of their tables and what stands behind `Key:` below a point of
their lists, against the schemas that the type declares for them.

## Why

A gate that is `hrad` binds nobody, and a moment that no calendar has comes never.

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

## Gates

- restart: A restore has been tried before anything restarts the database.
  - Kind: hrad
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

## Gates

- restart: A restore has been tried before anything restarts the database.
  - Kind: hard
```

## Fix

Write a value that the message allows.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.items import Item, items_of
from govkb.rules.kinds_of_items import called
from govkb.rules.rule import Rule

RULE = Rule("ITEM002", "unfit-item-value", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every value that its schema refuses; those of the frontmatter are fields, and judged so."""
    for item in items_of(record):
        if not item.path:
            yield from _unfit(record, item)


def _unfit(record: Record, item: Item) -> Iterator[Diagnostic]:
    values = {name: item.value(name) for name in item.values if name in item.kind.values}
    for name, reason, hint in item.kind.value_faults(values):
        message = f"{called(item)}: {reason}"
        yield RULE.at_offsets(record, *item.extent_in(record, name), message, hint=hint or None)
