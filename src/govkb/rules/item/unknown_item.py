"""A record settles an item that isn't there.

## What it does

Looks up the item that a record says it settles: the bullet of a brief that a decision answers.

## Why

A decision on bullet G of a brief with six answers a question that nobody put.

## Bad

```markdown briefs/BRIEF-20260421-sought.md
---
id: BRIEF-20260421-sought
title: Decisions sought
---

# Decisions sought

## Context

One thing is open.

## Decisions sought

- A: Who checks the session?
```

```markdown decisions/DEC-20260421-G-spot-check.md
---
id: DEC-20260421-G
title: Spot-check
date: 2026-04-21
source: {brief: BRIEF-20260421-sought, bullet: G}
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
---

# Decisions sought

## Context

One thing is open.

## Decisions sought

- A: Who checks the session?
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

Name the item that was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.items import settled_by_others
from govkb.reading.items import plain_name
from govkb.record_types.likeness import did_you_mean
from govkb.rules.kinds_of_items import items_by_kind
from govkb.rules.rule import Rule

RULE = Rule("ITEM015", "unknown-item", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record that settles an item its other end hasn't; without any items nothing is said."""
    for record in base.records:
        for kind, items in items_by_kind(record):
            if kind.settled_by is None or not items:
                continue
            names = [item.name for item in items]
            known = set(map(plain_name, names))
            for name, other in settled_by_others(record, kind, base):
                if name not in known:
                    said = other.at(kind.settled_by.path)
                    message = f"{record.id} has no {kind.label.lower()} {said}"
                    related = (Related("it has others", record.path),)
                    hint = did_you_mean(str(said), names)
                    path = kind.settled_by.path
                    yield RULE.at_key(other, path, message, hint=hint, related=related)
