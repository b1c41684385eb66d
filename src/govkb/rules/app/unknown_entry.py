"""An entry answers an entry that is nowhere.

## What it does

An entry can end with `(supersedes L-9f3c2a1b of ID)` or `(contradicts …)`, as `govkb learn
--supersedes` writes it. This reports names that no record shows and no ledger knows. It is silent
until the first entry is sealed.

## Why

What proved wrong stays, and the answer to it is what keeps readers from believing it. An answer to
nothing keeps nobody.

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
- Only a restore proves it. (supersedes L-00000000 of INC-20260418-B)
```

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add fd67582482af3ab3d754e6afe601b77232839277ff24c0fbd7a1e598634bc650 2026-04-18 Learnings
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
- Only a restore proves it. (supersedes L-c9d41af0 of INC-20260418-B)
```

```text .govkb/ledger/INC-20260418-B.ledger
govkb-ledger 1 INC-20260418-B
add c9d41af0d0f5f2266351466c9a688314b7b93067a94b3b675ab47ec5e05ac3ff 2026-04-18 Learnings
add fa2f521b703d097ccb67a59b895ba2a5e82de772795ff495881bbea9a9c9fd9d 2026-04-18 Learnings
```

## Fix

While the entry isn't merged, correct the name and run `govkb seal`; afterwards add another entry.
`govkb show ID` lists the entries of a record with their names.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.rule import Rule

RULE = Rule("APP023", "unknown-entry", Severity.ERROR)

_HINT = "`govkb show ID` lists the entries of a record with their names"


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every answer to what is nowhere."""
    for answer in base.lost_answers:
        block = answer.entry.block
        message = f"an entry {answer.verb} L-{answer.digits}, and no entry is called that"
        yield RULE.at_offsets(answer.record, block.start, block.end, message, hint=_HINT)
