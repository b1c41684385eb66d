"""What was appended later says that it was written earlier.

## What it does

Looks at records whose type says `updates`. Going down the record, the times of updates, of lines
`Timestamp: …` and of lines `Signed: … (…)` don't go back; a signature has the time of the part that
it signs; and no part is numbered twice, as two headings `Part 5: …`.

## Why

A log is read from top to bottom. Where its times go back, either somebody wrote in the wrong place
or a time is wrong, and nobody can tell any more what was known when.

## Bad

```markdown session-captures/2026-01-23-v1-milestone.md
---
id: 2026-01-23-v1-milestone
title: V1 milestone
---

# V1 milestone

## Scope

The preflight strategy.

## Work summary

**Timestamp:** 2026-01-23T17:30:00Z

The plan was changed.

## Validation

**Timestamp:** 2026-01-23T13:35:00Z

The bootstrap runs.
```

## Good

```markdown session-captures/2026-01-23-v1-milestone.md
---
id: 2026-01-23-v1-milestone
title: V1 milestone
---

# V1 milestone

## Scope

The preflight strategy.

## Work summary

**Timestamp:** 2026-01-23T13:35:00Z

The bootstrap runs.

## Validation

**Timestamp:** 2026-01-23T17:30:00Z

The plan was changed.
```

## Fix

Append with the time of writing, in UTC. Where an old time is wrong, say so in a new update.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.moments import is_before
from govkb.rules.rule import Rule
from govkb.rules.times import Time, signed_apart, times_in

RULE = Rule("APP017", "unordered-update", Severity.WARNING)

_PART = re.compile(r"(?:\w+ )?(?P<part>(?:Part|Addendum) [0-9]+)\b\s*(?:$|[-—–:(])")


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every time that goes back, every signature of another time, every part with a used number."""
    if record.type is None or not record.type.update_shapes:
        return
    times = times_in(record)
    apart = list(signed_apart(record, times))
    for time, of in apart:
        message = f"signed at {time.text}, and the part that it signs is of {of.text}"
        yield _at(record, time, message, "give both the same time", of)
    left_out = {time for time, _ in apart}
    for before, after in pairwise(time for time in times if time not in left_out):
        if is_before(after.text, before.text):
            message = f"{after.text} stands below {before.text}, which is later"
            hint = "append at the end, under the time of writing"
            yield _at(record, after, message, hint, before)
    yield from _numbered_twice(record)


def _at(record: Record, time: Time, message: str, hint: str, other: Time) -> Diagnostic:
    span = record.source.span(other.start, other.end)
    related = (Related(f"{other.text} stands here", record.path, span),)
    return RULE.at_offsets(record, time.start, time.end, message, hint=hint, related=related)


def _numbered_twice(record: Record) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for heading in record.outline.headings:
        found = _PART.match(heading.text) if heading.level == 2 else None
        if found is None:
            continue
        first = seen.setdefault(found["part"], heading.start)
        if first != heading.start:
            line = record.source.span(first, first).start.line
            message = f"{found['part']!r} is there twice: it begins in line {line} too"
            start, end = heading.start, heading.end - 1
            yield RULE.at_offsets(record, start, end, message, hint="give it the next number")
