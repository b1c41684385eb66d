"""An entry of an append-only section is gone.

## What it does

Reports entries that the ledger or the base (`govkb check --base REF`) has and the record no longer
shows, also where the whole record was deleted.

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

Restore the entry. If it was wrong, add one that says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import ChangeKind, EntryChange
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.entries import at_change
from govkb.rules.rule import Rule

RULE = Rule("APP002", "dropped-entry", Severity.ERROR)

_HINT_UNREAD = "its record can't be read: mend that first, and check again"


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every entry that was dropped since it was sealed, or since the base."""
    for change in base.changes:
        if change.kind is ChangeKind.DROPPED:
            found = at_change(RULE, change)
            yield replace(found, hint=_HINT_UNREAD) if _is_unread(change, base) else found


def _is_unread(change: EntryChange, base: KnowledgeBase) -> bool:
    """Whether the record of an entry seems to be there, in a file that can't be read."""
    return change.record is None and change.record_id in base.graph.resolver.names.unreadable
