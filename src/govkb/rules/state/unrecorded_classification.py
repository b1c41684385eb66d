"""A classification was changed, and its history doesn't tell.

## What it does

Compares the fields under `classifications` in a type.yaml, such as the severity of an incident,
with the base (`govkb check --base REF`). One that has changed has new steps in its history, of
which one begins with the value of the base. The steps that were there are still there, in the
same order and saying the same. What the base's own types demand holds too. Steps of a
`status_history` that were changed are told of by `rewritten-status-history`.

## Why

A severity that is edited in place leaves nothing behind: no author, no reason, and nobody who
looked. A history that may be rewritten is no better.

## Bad

```markdown base:incidents/INC-20260420-A-token-left-in-an-annotation.md
---
id: INC-20260420-A
title: Token left in an annotation
severity: high
detected: 2026-04-20
---

# Token left in an annotation

## Summary

The token of the bridge was left in an annotation of its Secret.
```

```markdown incidents/INC-20260420-A-token-left-in-an-annotation.md
---
id: INC-20260420-A
title: Token left in an annotation
severity: medium
detected: 2026-04-20
---

# Token left in an annotation

## Summary

The token of the bridge was left in an annotation of its Secret.
```

## Good

```markdown base:incidents/INC-20260420-A-token-left-in-an-annotation.md
---
id: INC-20260420-A
title: Token left in an annotation
severity: high
detected: 2026-04-20
---

# Token left in an annotation

## Summary

The token of the bridge was left in an annotation of its Secret.
```

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

Add the step, with the probe that it goes by; or set the old value again. Restore steps that were
changed: one that was wrong is answered by another.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import Classification
from govkb.rules.classifications import canonical, classifications_of, value_of
from govkb.rules.rule import Rule
from govkb.rules.status_history import FIELD, Step, steps_of

RULE = Rule("STATE011", "unrecorded-classification", Severity.ERROR, needs_base=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Of every classification that differs from the base: the first step that is wrong, or none."""
    for record_id, before in base.before.items():
        after = base.records_by_id.get(record_id)
        if after is None or (after.type is None and before.type is None):
            continue
        declared = {
            of.field: of for of in (*classifications_of(after), *classifications_of(before))
        }
        for of in declared.values():
            yield from _compared(before, after, of)


def _compared(before: Record, after: Record, of: Classification) -> Iterator[Diagnostic]:
    old, new = steps_of(before, of.history), steps_of(after, of.history)
    rewritten = _rewritten(after, of, old, new)
    if rewritten is not None:
        if of.history != FIELD:
            yield rewritten
        return
    was = value_of(before, of)
    if not was:
        return
    if len(new) > len(old):
        yield from _detached(after, of, new[len(old) :], was)
    elif value_of(after, of) != was:
        yield _unrecorded(after, of, was)


def _rewritten(
    after: Record, of: Classification, old: tuple[Step, ...], new: tuple[Step, ...]
) -> Diagnostic | None:
    """The first step that isn't what it was."""
    for number, step in enumerate(old):
        if number >= len(new):
            message = f"the step of {step.at} to {step.to!r} is gone from `{of.history}`"
            hint = f"restore it: {step.shown}"
            return RULE.at_key(after, (of.history,), message, hint=hint, value=False)
        if new[number].said != step.said:
            message = f"the step of {step.at} to {step.to!r} was changed"
            place = (of.history, new[number].number)
            return RULE.at_key(after, place, message, hint=f"it was: {step.shown}")
    return None


def _detached(
    after: Record, of: Classification, new: tuple[Step, ...], was: str
) -> Iterator[Diagnostic]:
    """New steps of which none begins where the base ended; older ones may be told of as well."""
    first = new[0]
    if was not in (canonical(after, of, value) for value in (first.start, *(s.to for s in new))):
        message = f"the {of.field} of the base is {was!r}, and no new step begins with that"
        place = (of.history, first.number, "from")
        hint = f"write `from: {was}`, or add the step between"
        yield RULE.at_key(after, place, message, hint=hint)


def _unrecorded(after: Record, of: Classification, was: str) -> Diagnostic:
    now = value_of(after, of)
    change = f"went from {was!r} to {now!r}" if now else f"was {was!r} and is gone"
    message = f"the {of.field} {change}, and no step of `{of.history}` says so"
    step = f"{{at, from: {was}, to: {now or '…'}, by, probe}}"
    return RULE.at_key(after, (of.field,), message, hint=f"add the step {step} at the end")
