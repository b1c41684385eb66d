"""A ledger doesn't continue the ledger of the base.

## What it does

Compares each record's ledger with that of the base (`govkb check --base REF`): every line of then
has to be there, in its place. New lines come after them.

## Why

Whoever changes an entry can change its line in the ledger with it. Only the older ledger tells.

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
- Restore from it.
```

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add 2fb8b4246a6538863f94404f72c97ce7ccd92ea635b12e458cc3ab4a20d2bc5d 2026-04-18 Learnings
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

Restore the ledger (`git checkout BASE -- FILE`) and the entries, then run `govkb seal`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import Ledger, name_of
from govkb.history.ledger import LedgerLine, file_name, first_difference
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.ledgers import at_line, ledger_path
from govkb.rules.rule import Rule

RULE = Rule("APP010", "rewritten-ledger", Severity.ERROR, needs_base=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every ledger of the base that has been rewritten; a record that is gone is told of apart."""
    for record_id, before in base.past.ledgers.items() if base.past else ():
        now = base.ledgers.get(record_id, Ledger(record_id))
        difference = first_difference(before, now)
        if difference is None or (record_id not in base.ledgers and _is_gone(record_id, base)):
            continue
        yield _told(base, record_id, *difference)


def _is_gone(record_id: str, base: KnowledgeBase) -> bool:
    return record_id not in base.records_by_id


def _told(
    base: KnowledgeBase, record_id: str, number: int, line: LedgerLine, now: LedgerLine | None
) -> Diagnostic:
    path = ledger_path(base, record_id)
    verbs = {"add": "seals", "redact": "redacts", "move": "moves"}
    what = f"the line that {verbs[line.event]} {name_of(line.digest)} ({line.day}, {line.section})"
    message = f"the ledger of {record_id} doesn't continue that of the base: {what} is "
    message += "gone" if now is None else "another one now"
    hint = f"restore {file_name(record_id)} and the entry; new lines come after the old ones"
    found = at_line(RULE, path, number + 2, message, hint)
    return replace(found, record=record_id, old=str(line), new=str(now) if now else None)
