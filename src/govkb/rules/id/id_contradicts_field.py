"""The id and a field say different things.

## What it does

Compares the parts of an id with the fields that the type says must agree: a decision's date, or
the letter of its brief's bullet.

## Why

Both can't be true, and each reader believes the one that they saw first.

## Bad

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-22
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Good

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Fix

Correct whichever is wrong. Ids are forever: prefer to correct the field.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.record_types.fields import dotted
from govkb.rules.rule import Rule

RULE = Rule("ID007", "id-contradicts-field", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every field that disagrees with the part of the id it should repeat."""
    if record.type is None:
        return
    for token, path in record.type.agrees.items():
        stated, value = record.tokens.get(token), record.at(path)
        if stated is not None and isinstance(value, str) and value != stated:
            message = f"`{dotted(path)}` is {value!r}, but the id {record.id} says {stated!r}"
            yield RULE.at_key(record, path, message)
