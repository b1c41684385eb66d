"""A redacted entry doesn't show that it was redacted.

## What it does

Where the ledger says that an entry was redacted, the record has to show a tombstone in its place,
and the text may not be there any more. `govkb redact` writes both.

## Why

That something was taken out, when and why, is part of the history.

## Bad

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

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add 753c59cd571d37f0992e1b84c3119113ffbb60160f65890b572e630aa2c2a8f4 2026-04-18 Learnings
redact 753c59cd571d37f0992e1b84c3119113ffbb60160f65890b572e630aa2c2a8f4 2026-04-21 Learnings
```

## Good

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
- [redacted L-753c59cd on 2026-04-21: it named a customer]
```

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add 753c59cd571d37f0992e1b84c3119113ffbb60160f65890b572e630aa2c2a8f4 2026-04-18 Learnings
redact 753c59cd571d37f0992e1b84c3119113ffbb60160f65890b572e630aa2c2a8f4 2026-04-21 Learnings
```

## Fix

Run `govkb redact` again for the entry, or put the tombstone back where it was:
`[redacted L-9f3c2a1b on 2026-04-21: it named a customer]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import ChangeKind, EntryChange, name_of
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.entries import located, where
from govkb.rules.rule import Rule

RULE = Rule("APP009", "missing-tombstone", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every redacted entry without its tombstone, or still with its text."""
    for change in base.changes:
        if change.kind is ChangeKind.UNMARKED and change.sealed is not None:
            yield _told(change, name_of(change.sealed.digest))


def _told(change: EntryChange, name: str) -> Diagnostic:
    sealed = change.sealed
    is_shown = sealed and change.after and change.after.digest == sealed.digest
    what = "its text is still there" if is_shown else "no tombstone stands in its place"
    message = f"{name} of {where(change)} was redacted, and {what}"
    return located(RULE, change, message, f"run `govkb redact {name}` again")
