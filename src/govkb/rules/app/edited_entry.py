"""An entry of an append-only section was changed.

## What it does

Compares the entries of append-only sections with the record's ledger, and with those of the base
(`govkb check --base REF`), which also shows what they said. Line ends, margins, trailing blanks,
Unicode form and list markers don't count; every other character does.

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

- A green job is some proof of a backup.
- Restore from it once a month.
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
- Some proof is a restored file.
```

## Fix

Restore the old text and add a new entry that corrects it.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import ChangeKind
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.entries import at_change
from govkb.rules.rule import Rule

RULE = Rule("APP001", "edited-entry", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every entry that was edited since it was sealed, or since the base."""
    for change in base.changes:
        if change.kind is ChangeKind.EDITED:
            yield at_change(RULE, change)
