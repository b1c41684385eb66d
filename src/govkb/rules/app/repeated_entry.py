"""An entry is a copy of another one.

## What it does

Reports entries of append-only sections whose text stands word for word in another record,
or above in the same one.
Cumulative sections, which repeat on purpose, and texts of fewer than five words don't count. It is
silent until the first entry is sealed.

## Why

Two copies of a learning have two histories, and whoever corrects one doesn't know of the other.

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
- Restore from every backup once a month.
```

```markdown incidents/INC-20260419-A-zero-backups-for-74-days.md
---
id: INC-20260419-A
title: Zero backups for 74 days
severity: high
detected: 2026-04-19
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.

## Learnings

- Restore from every backup once a month.
```

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add e4348c83c5695e6de8c9580dd78a9643ec0c773c23738ece6937eda963065f23 2026-04-18 Learnings
```

```text .govkb/ledger/INC-20260419-A.ledger
govkb-ledger 1 INC-20260419-A
add 76c69fe85cdc57f29e0362648b68163b0d24eb96ae0bbc2742189a1b619f6546 2026-04-19 Learnings
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
- Restore from every backup once a month.
```

```markdown incidents/INC-20260419-A-zero-backups-for-74-days.md
---
id: INC-20260419-A
title: Zero backups for 74 days
severity: high
detected: 2026-04-19
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.

## Learnings

- See INC-20260418-B: the restore was due.
```

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add e4348c83c5695e6de8c9580dd78a9643ec0c773c23738ece6937eda963065f23 2026-04-18 Learnings
```

```text .govkb/ledger/INC-20260419-A.ledger
govkb-ledger 1 INC-20260419-A
add 6b64ef43b9b0e3a1b77d223a9d48aac7a23205408dc77c943409a4de799270e3 2026-04-19 Learnings
```

## Fix

Refer to the record that has it. Where a record was split, remove the entry from the old one and run
`govkb seal`: it writes down that the entry has moved.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.history import Copy
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.entries import quoted
from govkb.rules.rule import Rule

RULE = Rule("APP008", "repeated-entry", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every copy but the first."""
    for copy in base.copies:
        yield _told(copy)


def _told(copy: Copy) -> Diagnostic:
    block, first = copy.entry.block, copy.original_entry.block
    original = copy.original
    where = "above" if original is copy.record else f"in {original.id}"
    message = f"an entry is a copy of one {where}: {quoted(copy.entry.text)}"
    related = (Related("the first", original.path, original.source.span(first.start, first.end)),)
    hint = "remove it" if original is copy.record else f"refer to {original.id} instead"
    return RULE.at_offsets(copy.record, block.start, block.end, message, hint=hint, related=related)
