"""A status has changed in a way that isn't allowed.

## What it does

Compares each record's status with the one it has in the base (`govkb check --base REF`), by the
moves that the type declares there; a status that the base's type doesn't know is judged by the
type of today. Several moves in one change are fine where `status_history` says them all. A new
record may begin with any status: it may be older than its file, and nothing is known of its past.

## Why

A step that is skipped is work that nobody has done: an incident is mitigated before it is closed,
a decision proposed before it is ratified.

## Bad

```markdown base:decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
status: proposed
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
status: superseded
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Good

```markdown base:decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
status: proposed
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
status: ratified
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Fix

Set one of the statuses in the message, or write down the steps between in `status_history`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import StatusMachine
from govkb.rules.rule import Rule
from govkb.rules.status_history import Step, steps_of

RULE = Rule("STATE004", "illegal-move", Severity.ERROR, needs_base=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record that has come to a status by no legal way."""
    for record_id, before in base.before.items():
        after = base.records_by_id.get(record_id)
        if after is not None and _has_changed(before, after):
            machine = _machine(before, after)
            if machine is not None and not _is_legal(machine, before, after):
                yield _fault(machine, before, after)


def _has_changed(before: Record, after: Record) -> bool:
    """Whether another status is written; what folders handed down then isn't known."""
    old, new = before.metadata.get("status"), after.metadata.get("status")
    return old != new and not (old is None and "status" in after.inherited.values)


def _machine(before: Record, after: Record) -> StatusMachine | None:
    """The machine that knows both statuses: the base's own, else that of today, else none."""
    for of in (before.type, after.type):
        if of is not None and not of.statuses.is_free:
            ends = _status(of.statuses, before), _status(of.statuses, after)
            if None not in ends:
                return of.statuses
    return None


def _status(machine: StatusMachine, record: Record) -> str | None:
    written = record.effective.get("status", machine.initial)
    return machine.canonical(written) if isinstance(written, str) else None


def _is_legal(machine: StatusMachine, before: Record, after: Record) -> bool:
    start, end = _status(machine, before), _status(machine, after)
    if start == end or end in machine.moves.get(start or "", ()):
        return True
    return _leads_there(machine, start, end, steps_of(after)[len(steps_of(before)) :])


def _leads_there(
    machine: StatusMachine, start: str | None, end: str | None, steps: tuple[Step, ...]
) -> bool:
    """Whether the steps that were added lead from one status to the other by legal moves."""
    now = start
    for step in steps:
        reached = machine.canonical(step.to)
        if reached not in machine.moves.get(now or "", ()):
            return False
        now = reached
    return now == end


def _fault(machine: StatusMachine, before: Record, after: Record) -> Diagnostic:
    start, end = _status(machine, before), _status(machine, after)
    legal = machine.moves.get(start or "", ())
    assert before.type is not None
    message = (
        f"{after.id} went from {start!r} to {end!r}, which {before.type.plural.lower()} may not"
    )
    follows = (
        f"after {start!r} comes {_listed(legal)}" if legal else f"{start!r} is the last status"
    )
    way = machine.way(start or "", end or "")
    through = f"; {end!r} comes by way of {_listed(way)}" if way else ""
    return RULE.at_key(after, ("status",), message, hint=f"{follows}{through}")


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(repr(name) for name in names)
