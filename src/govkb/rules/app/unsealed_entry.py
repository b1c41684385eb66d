"""An entry of an append-only section is not in the ledger yet.

## What it does

Reports entries of append-only sections that their record's ledger doesn't know. It is silent until
the first entry is sealed: a project without ledgers has nothing to compare with.

## Why

What isn't sealed can be changed without a trace.

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
- Restore from it once a month.
```

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
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
- Restore from it once a month.
```

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add 753c59cd571d37f0992e1b84c3119113ffbb60160f65890b572e630aa2c2a8f4 2026-04-18 Learnings
```

## Fix

Run `govkb seal`. `govkb learn` writes an entry and seals it at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import ChangeKind, EntryChange
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.entries import located, quoted, where
from govkb.rules.rule import Rule

RULE = Rule("APP007", "unsealed-entry", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """The unsealed entries of every section, told of together at the first."""
    unsealed = (change for change in base.changes if change.kind is ChangeKind.UNSEALED)
    for _, group in groupby(unsealed, key=lambda change: (change.record_id, change.section)):
        yield _told(list(group))


def _told(changes: list[EntryChange]) -> Diagnostic:
    first = changes[0]
    text = quoted(first.after.text) if first.after else ""
    if len(changes) == 1:
        message = f"an entry of {where(first)} isn't sealed yet: {text}"
    else:
        message = f"{len(changes)} entries of {where(first)} aren't sealed yet, from {text} on"
    found = located(RULE, first, message, "run `govkb seal`")
    return replace(found, new=None)
