"""Entries of an append-only section changed places.

## What it does

Reports entries that are still there but no longer in the order of the ledger or the base
(`govkb check --base REF`).

## Why

What was learned once is what the next person relies on. A change to it that nobody sees is worse
than a loss that everybody sees.

## Bad

```markdown base:incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.

## Learnings

- A green job is no proof of a backup.
- Restore from it once a month.
```

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.

## Learnings

- Restore from it once a month.
- A green job is no proof of a backup.
```

## Good

```markdown base:incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.

## Learnings

- A green job is no proof of a backup.
- Restore from it once a month.
```

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.

## Learnings

- A green job is no proof of a backup.
- Restore from it once a month.
```

## Fix

Restore the order; add new entries at the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import ChangeKind
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.entries import at_change
from govkb.rules.rule import Rule

RULE = Rule("APP003", "reordered-entry", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every entry that was reordered since it was sealed, or since the base."""
    for change in base.changes:
        if change.kind is ChangeKind.REORDERED:
            yield at_change(RULE, change)
