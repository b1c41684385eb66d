"""An entry was put into code or a comment.

## What it does

Reports sealed entries, and entries that the base has, whose text is still in the record but inside
a code block, an HTML comment or other raw HTML. What counts is the structure of the Markdown.

## Why

A search finds the words, and no reader does. It is the quietest way to take a learning back.

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

<!--
- Restore from it once a month.
-->
```

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add 753c59cd571d37f0992e1b84c3119113ffbb60160f65890b572e630aa2c2a8f4 2026-04-18 Learnings
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

Take it out of the comment again. If it was wrong, add a new entry that says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import ChangeKind
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.entries import at_change
from govkb.rules.rule import Rule

RULE = Rule("APP006", "hidden-entry", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every entry that is hidden now."""
    for change in base.changes:
        if change.kind is ChangeKind.HIDDEN:
            yield at_change(RULE, change)
