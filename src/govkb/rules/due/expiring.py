"""Something is about to hold no longer.

## What it does

Reports what expires within 30 days. It runs on request: by `govkb check --select DUE003`, or always
where the settings grade it; `govkb due --within` lists what comes due in any other time.

## Why

A token is renewed in an hour as long as it works.

## Bad

```toml ../govkb.toml
[rules.severity]
DUE003 = "warning"
```

```markdown documents/dns-of-the-old-zone.md
---
id: dns-of-the-old-zone
title: DNS of the old zone
expires: 2026-05-01
---

# DNS of the old zone

So.
```

## Good

```toml ../govkb.toml
[rules.severity]
DUE003 = "warning"
```

```markdown documents/dns-of-the-old-zone.md
---
id: dns-of-the-old-zone
title: DNS of the old zone
expires: 2126-05-01
---

# DNS of the old zone

So.
```

## Fix

Renew it and write the new day, or prepare to do without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.counting import counted
from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.deadlines import SOON, DeadlineKind, deadlines_of, soon
from govkb.rules.due_days import fault_of
from govkb.rules.rule import Rule

RULE = Rule("DUE003", "expiring", Severity.WARNING, on_request=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every last day within a month."""
    for found in soon(deadlines_of(base), base.today, SOON):
        if found.kind is DeadlineKind.EXPIRES:
            days = (found.day - base.today).days
            reason = f"it expires in {counted(days, 'day')}" if days else "it expires today"
            yield fault_of(RULE, found, reason, "renew it, or prepare to do without it")
