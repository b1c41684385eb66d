"""What should prove an item doesn't.

## What it does

Looks at the record that an item names as its proof: that it is there, is of the right type, came to
the right result and isn't older than what it proves. A hard gate, for example, is satisfied by a
validation that passed after the gate was set up.

## Why

A gate is opened by looking, not by saying so. A drill of last year, or one that failed, shows
nothing of today.

## Bad

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: infra
opened: 2026-04-21
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Acceptance criteria

- [ ] AC1: The plan shows no differences.

## Gates

- [x] restart: A restore has been tried before anything restarts the database.
  - Satisfied by: validation-postgres-restore-2026-04-21
```

```markdown validations/validation-postgres-restore-2026-04-21.md
---
id: validation-postgres-restore-2026-04-21
title: Restore of the database
status: completed
result: fail
observed: 2026-04-21T17:53:00Z
---

# Restore of the database

## Scope

The cluster of the database.

## Execution log

- The cluster was restored beside the old one.

## Verdict

It doesn't hold.
```

## Good

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: infra
opened: 2026-04-21
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Acceptance criteria

- [ ] AC1: The plan shows no differences.

## Gates

- [x] restart: A restore has been tried before anything restarts the database.
  - Satisfied by: validation-postgres-restore-2026-04-21
```

```markdown validations/validation-postgres-restore-2026-04-21.md
---
id: validation-postgres-restore-2026-04-21
title: Restore of the database
status: completed
result: pass
observed: 2026-04-21T17:53:00Z
---

# Restore of the database

## Scope

The cluster of the database.

## Execution log

- The cluster was restored beside the old one.

## Verdict

It holds.
```

## Fix

Name the record that proves it, or open the item again until there is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.reading.items import Item, items_of
from govkb.record_types.items import Proof
from govkb.rules.kinds_of_items import called
from govkb.rules.moments import is_before, text_of
from govkb.rules.rule import Rule

RULE = Rule("ITEM008", "unproven-item", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every item whose proof is none."""
    for record in base.records:
        kinds = record.type.items.values() if record.type is not None else ()
        for kind in (kind for kind in kinds if kind.proof is not None):
            for item in items_of(record, kind.kind):
                assert kind.proof is not None
                if item.state in kind.proof.in_states and item.value(kind.proof.by):
                    yield from _judged(record, item, kind.proof, base)
            record.text.release()


def _judged(record: Record, item: Item, proof: Proof, base: KnowledgeBase) -> Iterator[Diagnostic]:
    said = item.value(proof.by)
    named = [r.record for _, r in base.graph.resolver.references(said, record) if r.record]
    right = [r for r in named if not proof.to or (r.type and r.type.name in proof.to)]
    reasons = [_reason(shown, record, item, proof) for shown in right]
    if right and not all(reasons):
        return
    shown = next(iter(right or named), None)
    wanted = " or ".join(proof.to) or "record"
    reason = reasons[0] if reasons else f"which is no {wanted}"
    message = f"{called(item)} is {item.state} by {said!r}, {reason}"
    related = (Related("what should prove it", shown.path),) if shown is not None else ()
    hint = f"name the {wanted} that proves it, or open it again"
    place = item.extent_in(record, proof.by)
    yield RULE.at_offsets(record, *place, message, hint=hint, related=related)


def _reason(shown: Record, record: Record, item: Item, proof: Proof) -> str:
    """Why a record proves nothing; empty where it does."""
    assert shown.type is not None
    for name, choices in proof.passed.items():
        value = shown.type.canonical_value(name, shown.effective.get(name))
        if str(value) not in choices:
            given = repr(str(value)) if value is not None else "not said"
            return f"whose `{name}` is {given} and not {' or '.join(choices)}"
    if proof.of_any_age:
        return ""
    moments = (text_of(shown.effective.get(name)) for name in proof.seen)
    seen = next((moment for moment in moments if moment), shown.date or "")
    since = item.value(proof.since) if proof.since else ""
    since = since or _filed(record)
    if seen and since and is_before(seen, since):
        return f"which is of {seen}, before {since}"
    return ""


def _filed(record: Record) -> str:
    """The moment since which there is something to prove."""
    moments = (text_of(record.effective.get(name)) for name in ("opened", "detected", "date"))
    return next((moment for moment in moments if moment), record.date or "")
