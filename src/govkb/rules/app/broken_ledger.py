"""A ledger has a line that can't be believed.

## What it does

Reports lines of a ledger that are no event, merge conflicts, a file under another record's name, a
file that was cut off, a redaction of what was never sealed, and an entry added again after it was
redacted.

## Why

A ledger that can't be read proves nothing, and nobody but govkb writes in it.

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
```

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
```

## Fix

Restore the file from git. After a merge conflict keep the lines of both sides, then run `govkb
seal`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.ledgers import at_line, ledger_path
from govkb.rules.rule import Rule

RULE = Rule("APP011", "broken-ledger", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every fault of every ledger."""
    for record_id, ledger in base.ledgers.items():
        for fault in ledger.faults:
            path = ledger_path(base, record_id)
            found = at_line(RULE, path, fault.line, fault.message, fault.hint)
            yield replace(found, record=record_id)
