"""A classification has not been held against the present state for too long.

## What it does

Lists the open records whose severity, or another field under `classifications` in their type.yaml,
was last probed more than `stale_after` days ago (30 for incidents and findings). Where nobody has
probed it yet, the filing counts. It runs on request: by `govkb check --select STATE012`, or always
where the settings grade it.

## Why

A severity is a judgement of one day. Open records are worked on in the order of severities that
nobody has looked at since.

## Bad

```toml ../govkb.toml
[rules.severity]
STATE012 = "warning"
```

```markdown incidents/INC-20260118-A-token-left-in-an-annotation.md
---
id: INC-20260118-A
title: Token left in an annotation
severity: high
detected: 2026-01-18
---

# Token left in an annotation

## Summary

The token of the bridge was left in an annotation of its Secret.
```

## Good

```toml ../govkb.toml
[rules.severity]
STATE012 = "warning"
```

```markdown incidents/INC-20260118-A-token-left-in-an-annotation.md
---
id: INC-20260118-A
title: Token left in an annotation
severity: high
detected: 2026-01-18
classification:
  - at: 2026-04-21
    from: high
    to: high
    by: reviewer
    probe: {what: validity of the token, observed_at: 2026-04-21, result: the token still works}
---

# Token left in an annotation

## Summary

The token of the bridge was left in an annotation of its Secret.
```

## Fix

Look at the thing as it is now, and add a step with that probe. If the classification still holds,
`from` and `to` are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import is_open
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import Classification
from govkb.rules.classifications import classifications_of, filing_of, probed_at, value_of
from govkb.rules.moments import day_of
from govkb.rules.rule import Rule

RULE = Rule("STATE012", "stale-classification", Severity.WARNING, on_request=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every classification of an open record that nobody has looked at for too long."""
    for record in base.records:
        for of in classifications_of(record):
            if of.stale_after is not None and value_of(record, of) and is_open(record):
                yield from _stale(record, of, of.stale_after, base.today)


def _stale(record: Record, of: Classification, after: int, today: date) -> Iterator[Diagnostic]:
    days = map(day_of, probed_at(record, of))
    probed = [day for day in days if day is not None and day <= today]
    filing = filing_of(record, of)
    filed = day_of(filing.moment) if filing is not None else None
    last = max(probed, default=filed)
    if last is None or (today - last).days <= after:
        return
    value, age = value_of(record, of), f"{(today - last).days} days ago"
    seen = f"was last probed on {last}" if probed else f"has not been probed since {last}"
    message = f"the {of.field} {value!r} {seen}, {age}"
    hint = f"look again, and add a step to `{of.history}`; it may go from {value!r} to {value!r}"
    yield RULE.at_key(record, (of.field,), message, hint=hint)
