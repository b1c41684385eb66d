"""A section still asks what its author should have written.

## What it does

Reports the words in italics that `govkb new` writes into a record, where they still stand once the
record has left the first status of its type, if that has any. They are taken from the type's
template, `record.md.j2`.

## Why

A ratified decision whose context is `_What forces a decision now, and what is known about it._`
looks complete to everything that only asks whether there is text.

## Bad

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
status: ratified
date: 2026-04-21
---

# Spot-check three commits

## Context

_What forces a decision now, and what is known about it._

## Decision

Three commits of each executor are read by somebody else.
```

## Good

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
status: ratified
date: 2026-04-21
---

# Spot-check three commits

## Context

Nobody reads what executors commit.

## Decision

Three commits of each executor are read by somebody else.
```

## Fix

Write what is asked for, or say that it isn't known.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("SEC005", "unwritten-section", Severity.WARNING)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every prompt of the template that nobody has replaced."""
    assert record.type is not None
    statuses = record.type.statuses
    if statuses.is_free or record.status in (None, statuses.initial):
        return
    for prompt in record.type.prompts:
        words = prompt.encode()
        start = record.source.data.find(words)
        if start >= 0:
            message = f"nobody has answered what the template asks: {prompt}"
            hint = "write what is known, or say that it is unknown"
            yield RULE.at_offsets(record, start, start + len(words), message, hint=hint)
