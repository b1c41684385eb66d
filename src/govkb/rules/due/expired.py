"""Something holds no longer.

## What it does

Reports what has an `expires` that has passed: a record in force, a token, an exception, a waiver of
an open record. The last day is still within. It runs on request: by `govkb check --select DUE001`,
or always where the settings grade it; `govkb due` lists it in any case.

## Why

What has expired fails on the day on which somebody needs it, and they look for the cause elsewhere.

## Bad

```toml ../govkb.toml
[rules.severity]
DUE001 = "error"
```

```markdown documents/dns-of-the-old-zone.md
---
id: dns-of-the-old-zone
title: DNS of the old zone
expires: 2026-01-31
---

# DNS of the old zone

So.
```

## Good

```toml ../govkb.toml
[rules.severity]
DUE001 = "error"
```

```markdown documents/dns-of-the-old-zone.md
---
id: dns-of-the-old-zone
title: DNS of the old zone
expires: 2126-01-31
---

# DNS of the old zone

So.
```

## Fix

Renew it and write the new day, or say that it is over: retire the record, set the item's state.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.deadlines import Deadline, DeadlineKind, deadlines_of, overdue
from govkb.rules.due_days import ago, fault_of
from govkb.rules.rule import Rule

RULE = Rule("DUE001", "expired", Severity.ERROR, on_request=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every last day that has passed."""
    for found in overdue(deadlines_of(base), base.today):
        if found.kind is DeadlineKind.EXPIRES and not _is_in_the_way(found):
            reason = f"it expired {ago((base.today - found.day).days)}"
            yield fault_of(RULE, found, reason, "renew it, or say that it is over")


def _is_in_the_way(found: Deadline) -> bool:
    """Whether a waiver expired on which its record's status rests: that is a fault by itself."""
    item, is_waiver = found.item, not found.name
    return is_waiver and item is not None and found.record.status in item.kind.blocks
