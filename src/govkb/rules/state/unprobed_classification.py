"""A classification was changed without a look at the present state.

## What it does

Holds each step of a classification's history against what its type demands (`classifications` in
its type.yaml, for a status too): it says who decided (`by`), and with `probe: required` it has a
probe, which says what was looked at (`what`), when (`observed_at`) and what it showed (`result`).
The probe was made after the filing and not after the change that goes by it.

## Why

What was true at filing need not be true now, and what was taken for true need never have been. An
incident was classified high for a live token, which had expired 18 days before it was filed.

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
    to: medium
    by: reviewer
    probe: {what: validity of the token, observed_at: 2026-04-01, result: not live}
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

Look at the thing as it is now, and write down what you looked at, when, and what it showed. If the
look was never taken, the change has nothing to go by: set the old value again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.record_types import Classification
from govkb.record_types.fields import Path
from govkb.rules.classifications import (
    classifications_of,
    filing_of,
    is_filing,
    is_told,
    probe_of,
)
from govkb.rules.moments import day_of, is_before, text_of
from govkb.rules.rule import Rule
from govkb.rules.status_history import Step, steps_of

RULE = Rule("STATE010", "unprobed-classification", Severity.ERROR)

_PARTS = {
    "what": "what was looked at",
    "observed_at": "when",
    "result": "what it showed",
}
_PROBE = "{what: what was looked at, observed_at: when, result: what it showed}"


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every step that doesn't say who, and every probe that is missing or proves nothing."""
    for of in classifications_of(record):
        for step in steps_of(record, of.history):
            yield from _author(record, of, step)
            yield from _probe(record, of, step)


def _author(record: Record, of: Classification, step: Step) -> Iterator[Diagnostic]:
    place = (of.history, step.number, "by")
    if not _says(step.said.get("by")) and not is_told(record, place):
        message = f"the step to {step.to!r} doesn't say who decided it"
        yield RULE.at_key(record, place, message, hint="add `by:` with a person, role or team")


def _probe(record: Record, of: Classification, step: Step) -> Iterator[Diagnostic]:
    probe, place = probe_of(step), (of.history, step.number, "probe")
    if isinstance(probe, dict):
        yield from _silent(record, place, probe)
        yield from _untimely(record, of, step, text_of(probe.get("observed_at")))
    elif is_told(record, place) or (probe is None and not of.needs_probe):
        return
    elif probe is not None:
        message = f"{str(probe)[:60]!r} is no probe"
        yield RULE.at_key(record, place, message, hint=f"write `probe: {_PROBE}`")
    elif not is_filing(record, of, step):
        message = f"{of.field} went to {step.to!r} without a probe of the present state"
        yield RULE.at_key(record, place, message, hint=f"add `probe: {_PROBE}`")


def _silent(record: Record, place: Path, probe: dict[str, Any]) -> Iterator[Diagnostic]:
    """What the probe leaves out."""
    missing = [
        f"{words} (`{part}`)"
        for part, words in _PARTS.items()
        if not _says(probe.get(part)) and not is_told(record, (*place, part))
    ]
    if missing:
        message = f"the probe doesn't say {', nor '.join(missing)}"
        yield RULE.at_key(record, place, message, hint="a probe that proves something says all")


def _untimely(record: Record, of: Classification, step: Step, seen: str) -> Iterator[Diagnostic]:
    """A probe from before the filing, or from after the change; or one of no known day."""
    place = (of.history, step.number, "probe", "observed_at")
    if seen and day_of(seen) is None and not is_told(record, place):
        message = f"{seen!r} is no day, and no moment either"
        yield RULE.at_key(record, place, message, hint="write a day such as 2026-04-21")
    filing = filing_of(record, of)
    if filing is not None and is_before(seen, filing.moment):
        message = f"the probe of {seen} is older than the filing ({filing.source}: {filing.moment})"
        hint = "look again: what was seen before the filing can't correct it"
        yield RULE.at_key(record, place, message, hint=hint)
    if is_before(step.at, seen):
        message = f"the probe of {seen} is younger than the change that goes by it ({step.at})"
        hint = "correct the day; a later probe belongs to a step of its own"
        yield RULE.at_key(record, place, message, hint=hint)


def _says(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)
