"""A record is finished, and something that it asks was never settled.

## What it does

Looks for the record that settles each item: for a bullet of a decided brief, a decision whose
`source` names the brief and the bullet. An item that says itself that it is settled, or put off and
why, needs none.

## Why

Six questions went up and five decisions came down. The sixth is the one that everybody remembers
differently.

## Bad

```markdown briefs/BRIEF-20260421-sought.md
---
id: BRIEF-20260421-sought
title: Decisions sought
status: decided
---

# Decisions sought

## Context

Two things are open.

## Decisions sought

- A: Who checks the session?
- B: Who merges?
```

```markdown decisions/DEC-20260421-A-spot-check.md
---
id: DEC-20260421-A
title: Spot-check
date: 2026-04-21
source: {brief: BRIEF-20260421-sought, bullet: A}
---

# Spot-check

## Context

Nobody has checked the session.

## Decision

The reviewer does.
```

## Good

```markdown briefs/BRIEF-20260421-sought.md
---
id: BRIEF-20260421-sought
title: Decisions sought
status: decided
---

# Decisions sought

## Context

Two things are open.

## Decisions sought

- A: Who checks the session?
- B: Who merges?
  - State: deferred
  - Reason: nobody is here who could
```

```markdown decisions/DEC-20260421-A-spot-check.md
---
id: DEC-20260421-A
title: Spot-check
date: 2026-04-21
source: {brief: BRIEF-20260421-sought, bullet: A}
---

# Spot-check

## Context

Nobody has checked the session.

## Decision

The reviewer does.
```

## Fix

Write down what was decided: `govkb new decision --from BRIEF-20260421-sought#B` begins it, where
the bullet has a letter; give it the next free one where it has none. Or say that it was put off,
and why.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.items import item_states
from govkb.reading.waivers import is_settled
from govkb.rules.kinds_of_items import called, is_as
from govkb.rules.rule import Rule

RULE = Rule("ITEM014", "undecided-item", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every open item of a finished record that no other one settles."""
    for record in base.records:
        kinds = record.type.items.values() if record.type is not None else ()
        if not any(kind.settled_by and record.status in kind.blocks for kind in kinds):
            continue
        for one in item_states(record, base):
            item, kind = one.item, one.item.kind
            is_asked = kind.settled_by is not None and record.status in kind.blocks
            # Of a waiver that has expired since another rule tells.
            is_waived = is_settled(item, record)
            if one.is_open and not is_waived and is_asked and is_as(item, kind.binding):
                message = f"nothing settles {called(item)}, and the record is {record.status}"
                states = " or ".join(kind.states[1:])
                hint = f"write the record that does, or say that it is {states}"
                yield RULE.at_offsets(record, *item.extent_in(record), message, hint=hint)
