"""A record has none of the items that one like it should have.

## What it does

Reports records without any item of a kind that their type expects: a bug without acceptance
criteria, a brief that asks nothing.

## Why

Without a criterion nobody can say that it is finished, so it is finished when somebody is tired.

## Bad

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: bug
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Repro steps

Run the plan.

## Expected behavior

It wants nothing.

## Acceptance criteria

When it works again.
```

## Good

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: bug
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Repro steps

Run the plan.

## Expected behavior

It wants nothing.

## Acceptance criteria

- [ ] AC1: The plan shows no differences.
```

## Fix

Write them as the message says.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.kinds_of_items import has_field, items_by_kind
from govkb.rules.rule import Rule

RULE = Rule("ITEM007", "no-items", Severity.WARNING)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every kind that is expected and missing; what only hands metadata down has no items."""
    if record.sidecar == "folder":
        return
    for kind, items in items_by_kind(record):
        if kind.is_expected and not items and has_field(record, kind.expected_for):
            place = f'in the section "{kind.sections[0]}"' if kind.sections else ""
            where = place or f"in `{kind.in_field}`"
            message = f"the record has no {kind.plural.lower()}"
            first = kind.numbered(1)
            hint = f"write each as a point of a list {where}: `- [ ] {first}: …`"
            yield RULE.at_key(record, ("title",), message, hint=hint)
