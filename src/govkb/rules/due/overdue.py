"""A day has passed by which something was to be done.

## What it does

Reports the days of `due` and `review` that have passed: of records and of their open items, and
those that follow from a cadence (`review_every`). It runs on request: by `govkb check --select
DUE002`, or always where the settings grade it; `govkb due` lists it in any case.

## Why

A procedure that nobody has looked at for a year is followed all the same.

## Bad

```toml ../govkb.toml
[rules.severity]
DUE002 = "warning"
```

```markdown documents/dns-of-the-zone.md
---
id: dns-of-the-zone
title: DNS of the zone
review_every: 90d
last_reviewed: 2026-01-10
---

# DNS of the zone

So.
```

## Good

```toml ../govkb.toml
[rules.severity]
DUE002 = "warning"
```

```markdown documents/dns-of-the-zone.md
---
id: dns-of-the-zone
title: DNS of the zone
review_every: 90d
last_reviewed: 2026-04-10
---

# DNS of the zone

So.
```

## Fix

Do it, and write the day on which that was; or set a day that can be kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.deadlines import DeadlineKind, deadlines_of, overdue
from govkb.rules.due_days import ago, fault_of
from govkb.rules.rule import Rule

RULE = Rule("DUE002", "overdue", Severity.WARNING, on_request=True)

_HINTS = {
    DeadlineKind.DUE: "do it, or set a day that can be kept",
    DeadlineKind.REVIEW: "look at it again, and write down the day",
}


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every day for work or another look that has passed."""
    for found in overdue(deadlines_of(base), base.today):
        if found.kind in _HINTS:
            reason = f"that was {ago((base.today - found.day).days)}"
            yield fault_of(RULE, found, reason, _HINTS[found.kind])
