"""A record's `status_history` doesn't add up.

## What it does

Reads `status_history`, a list of `{at, from, to, by, note}`, oldest first: the days don't go
back, each step begins where the one before it ended (`from` may be left out), each is a move that
the type allows, and the last one ends in the record's status. A step with a `probe` may also
confirm the status: then both its ends are the same.

## Why

A history that contradicts itself or the status is worse than none: it is believed.

## Bad

```markdown incidents/INC-20260418-B-zero-backups.md
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
status: closed
status_history:
  - {at: 2026-04-18, from: open, to: mitigated, by: on-call}
  - {at: 2026-04-20, from: open, to: closed, by: on-call}
resolved: 2026-04-20
---

# Zero backups

## Summary

No backup was written for 74 days.

## Learnings

- Look at the backup, not at the job.
```

## Good

```markdown incidents/INC-20260418-B-zero-backups.md
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
status: closed
status_history:
  - {at: 2026-04-18, from: open, to: mitigated, by: on-call}
  - {at: 2026-04-20, from: mitigated, to: closed, by: on-call}
resolved: 2026-04-20
---

# Zero backups

## Summary

No backup was written for 74 days.

## Learnings

- Look at the backup, not at the job.
```

## Fix

Correct the step, or add the one that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.record_types import StatusMachine
from govkb.rules.rule import Rule
from govkb.rules.status_history import FIELD, Step, steps_of

RULE = Rule("STATE005", "broken-status-history", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Everything that is wrong with the order, the moves and the end of the history."""
    if FIELD not in record.metadata or record.type is None:
        return
    steps = steps_of(record)
    yield from _backward(record, steps)
    if not record.type.statuses.is_free:
        yield from _statuses(record, steps, record.type.statuses)
    yield from _end(record, steps, record.type.statuses)


def _backward(record: Record, steps: tuple[Step, ...]) -> Iterator[Diagnostic]:
    for earlier, step in pairwise(steps):
        if step.is_before(earlier):
            message = f"{step.at} comes before {earlier.at}, the moment of the step above it"
            hint = "steps stand oldest first; correct the day or the order"
            yield RULE.at_key(record, (FIELD, step.number, "at"), message, hint=hint)


def _statuses(
    record: Record, steps: tuple[Step, ...], machine: StatusMachine
) -> Iterator[Diagnostic]:
    """Unknown statuses, steps that don't follow each other, and moves that there aren't."""
    now: str | None = None
    for step in steps:
        start = machine.canonical(step.start) if step.start else now
        end = machine.canonical(step.to)
        for key, written, known in (("from", step.start, start), ("to", step.to, end)):
            if written and known is None:
                names = ", ".join(machine.names)
                message = f"{_type(record)} have no status {written!r}"
                key_path = (FIELD, step.number, key)
                yield RULE.at_key(record, key_path, message, hint=f"known: {names}")
        if now is not None and start is not None and start != now:
            message = f"the step begins with {start!r}, but the one above it ended with {now!r}"
            hint = f"write `from: {now}`, or add the step between"
            yield RULE.at_key(record, (FIELD, step.number, "from"), message, hint=hint)
        elif start is not None and end is not None and not _is_legal(step, start, end, machine):
            yield _illegal(record, step, start, end, machine)
        now = end


def _is_legal(step: Step, start: str, end: str, machine: StatusMachine) -> bool:
    return end in machine.moves[start] or (start == end and bool(step.said.get("probe")))


def _illegal(
    record: Record, step: Step, start: str, end: str, machine: StatusMachine
) -> Diagnostic:
    legal = machine.moves[start]
    after = " or ".join(repr(name) for name in legal)
    hint = f"after {start!r} comes {after}" if legal else f"{start!r} is the last status"
    message = f"{_type(record)} don't go from {start!r} to {end!r}"
    return RULE.at_key(record, (FIELD, step.number, "to"), message, hint=hint)


def _end(record: Record, steps: tuple[Step, ...], machine: StatusMachine) -> Iterator[Diagnostic]:
    last = machine.canonical(steps[-1].to) if steps else None
    if last is not None and record.status is not None and last != record.status:
        message = f"the history ends with {last!r}, but the status is {record.status!r}"
        hint = f"add the step to {record.status!r}, or set `status: {last}`"
        yield RULE.at_key(record, (FIELD, steps[-1].number, "to"), message, hint=hint)


def _type(record: Record) -> str:
    return record.type.plural.lower() if record.type else "records"
