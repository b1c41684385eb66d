"""The history of a classification doesn't add up.

## What it does

Reads the history that a type names for a field (`classifications` in its type.yaml; of an incident
and a finding the `classification` of its `severity`), oldest step first: each step says when, from
what and to what, the days don't go back, each step begins where the one before it ended, and the
last one ends in the present value. A step may confirm: then both its ends are the same.
A `status_history` is checked by `broken-status-history`.

## Why

A severity decides who is woken. Who finds "medium" must be able to see that it was "high" once, and
on whose word it no longer is; a chain with a gap hides one of the changes.

## Bad

```markdown incidents/INC-20260420-A-token-left-in-an-annotation.md
---
id: INC-20260420-A
title: Token left in an annotation
severity: medium
detected: 2026-04-20
classification:
  - at: 2026-04-21
    from: high
    to: low
    by: reviewer
    probe: {what: validity of the token, observed_at: 2026-04-21, result: expired on 2026-04-02}
---

# Token left in an annotation

## Summary

The token of the bridge was left in an annotation of its Secret.
```

## Good

```markdown incidents/INC-20260420-A-token-left-in-an-annotation.md
---
id: INC-20260420-A
title: Token left in an annotation
severity: medium
detected: 2026-04-20
classification:
  - at: 2026-04-21
    from: high
    to: medium
    by: reviewer
    probe: {what: validity of the token, observed_at: 2026-04-21, result: expired on 2026-04-02}
---

# Token left in an annotation

## Summary

The token of the bridge was left in an annotation of its Secret.
```

## Fix

Add the step that is missing, or correct the value. A step that was merged once stays as it is:
answer it by another.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.record_types import Classification
from govkb.rules.classifications import canonical, classifications_of, is_told, value_of
from govkb.rules.moments import day_of
from govkb.rules.rule import Rule
from govkb.rules.status_history import FIELD, Step, steps_of

RULE = Rule("STATE009", "broken-classification", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Everything that is wrong with the steps, their order and their end."""
    for of in classifications_of(record):
        if of.history in record.metadata and of.history != FIELD:
            steps = steps_of(record, of.history)
            yield from _unfinished(record, of, steps)
            yield from _backward(record, of, steps)
            yield from _gaps(record, of, steps)
            yield from _end(record, of, steps)


def _unfinished(
    record: Record, of: Classification, steps: tuple[Step, ...]
) -> Iterator[Diagnostic]:
    """What is no step, and steps of which nobody knows when they were made."""
    written, hint = record.metadata[of.history], "a step is {at, from, to, by, probe}"
    if not isinstance(written, list):
        if not is_told(record, (of.history,)):
            yield RULE.at_key(record, (of.history,), f"`{of.history}` must be a list", hint=hint)
        return
    for number in sorted(set(range(len(written))) - {step.number for step in steps}):
        if not is_told(record, (of.history, number)):
            message = "the step doesn't say when (`at`) and to what (`to`)"
            yield RULE.at_key(record, (of.history, number), message, hint=hint)
    for step in steps:
        place = (of.history, step.number, "at")
        if day_of(step.at) is None and not is_told(record, place):
            message = f"{step.at!r} is no day, and no moment either"
            yield RULE.at_key(record, place, message, hint="write a day such as 2026-04-21")


def _backward(record: Record, of: Classification, steps: tuple[Step, ...]) -> Iterator[Diagnostic]:
    for earlier, step in pairwise(steps):
        if step.is_before(earlier):
            message = f"{step.at} comes before {earlier.at}, the moment of the step above it"
            hint = "steps stand oldest first; correct the day or the order"
            yield RULE.at_key(record, (of.history, step.number, "at"), message, hint=hint)


def _gaps(record: Record, of: Classification, steps: tuple[Step, ...]) -> Iterator[Diagnostic]:
    """Steps that don't begin where the one above them ended, or that don't say where."""
    now = ""
    for step in steps:
        start, place = canonical(record, of, step.start), (of.history, step.number, "from")
        known = now or "the value before"
        if is_told(record, place):
            pass
        elif not start:
            message = f"the step to {step.to!r} doesn't say what {of.field} was before"
            yield RULE.at_key(record, place, message, hint=f"add `from:` with {known}")
        elif now and start != now:
            message = (
                f"the step begins with {step.start!r}, but the one above it ended with {now!r}"
            )
            hint = f"write `from: {now}`, or add the step between"
            yield RULE.at_key(record, place, message, hint=hint)
        now = canonical(record, of, step.to)


def _end(record: Record, of: Classification, steps: tuple[Step, ...]) -> Iterator[Diagnostic]:
    if not steps:
        return
    last, value = steps[-1], value_of(record, of)
    end = canonical(record, of, last.to)
    if end != value and not is_told(record, (of.field,)):
        present = f"`{of.field}` is {value!r}" if value else f"there is no `{of.field}`"
        message = f"the history ends with {end!r}, but {present}"
        hint = f"add the step to {value!r}, or set" if value else "set"
        place = (of.history, last.number, "to")
        yield RULE.at_key(record, place, message, hint=f"{hint} `{of.field}: {end}`")
