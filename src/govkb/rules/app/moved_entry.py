"""An entry is in another record now.

## What it does

Says which entries were moved since the base (`govkb check --base REF`): their text stands word for
word in another record, and the ledger has a line for it. This is information: nothing is lost.

## Why

Records get split and archived. Whoever reviews that should see what went where.

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

```text base:.govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add 753c59cd571d37f0992e1b84c3119113ffbb60160f65890b572e630aa2c2a8f4 2026-04-18 Learnings
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

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add 753c59cd571d37f0992e1b84c3119113ffbb60160f65890b572e630aa2c2a8f4 2026-04-18 Learnings
move 753c59cd571d37f0992e1b84c3119113ffbb60160f65890b572e630aa2c2a8f4 2026-04-21 INC-20260419-A 62fef22b6c61dee438788fa3249d2d9228543ff15008208819e80c042f9b1eea Learnings
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

- Restore from it once a month.
```

```text .govkb/ledger/INC-20260419-A.ledger
govkb-ledger 1 INC-20260419-A
add 62fef22b6c61dee438788fa3249d2d9228543ff15008208819e80c042f9b1eea 2026-04-21 Learnings
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

```text base:.govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add 753c59cd571d37f0992e1b84c3119113ffbb60160f65890b572e630aa2c2a8f4 2026-04-18 Learnings
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
- Alarm on what is missing.
```

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add 753c59cd571d37f0992e1b84c3119113ffbb60160f65890b572e630aa2c2a8f4 2026-04-18 Learnings
add eb88292afa028f06409748088827c0ac000e4c90d51b7996cbbe0c350d817b60 2026-04-18 Learnings
```

## Fix

Nothing to mend.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import name_of
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.ledgers import at_line, ledger_path
from govkb.rules.rule import Rule

RULE = Rule("APP013", "moved-entry", Severity.INFO, needs_base=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every move that the base doesn't have."""
    if base.past is None:
        return
    for record_id, ledger in base.ledgers.items():
        before = base.past.ledgers.get(record_id)
        if before is None and _is_unchanged(base, record_id):
            continue
        known = set(before.lines) if before else set()
        for number, line in enumerate(ledger.lines, 2):
            if line.event == "move" and line not in known:
                message = f"{name_of(line.digest)} of {record_id} is in {line.target} now"
                hint = "its text is the same there"
                found = at_line(RULE, ledger_path(base, record_id), number, message, hint)
                yield replace(found, record=record_id)


def _is_unchanged(base: KnowledgeBase, record_id: str) -> bool:
    return base.past is not None and ledger_path(base, record_id) not in base.past.changed
