"""A relation was there for a time only, and that is over.

## What it does

Says of every relation with `until` when its day has passed, or its record is done. Nothing has to
be changed: it has lost its effect by itself, and pages show it as over.

## Why

Whoever knew the rule of those days must learn that it is the old one that holds again.

## Bad

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
supersedes:
  - ref: DEC-20260421-look-at-all
    until: 2026-04-21
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-look-at-all.md
---
id: DEC-20260421-look-at-all
title: Look at all commits
date: 2026-04-21
status: ratified
---

# Look at all commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Good

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
supersedes:
  - ref: DEC-20260421-look-at-all
    until: 2126-04-21
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-look-at-all.md
---
id: DEC-20260421-look-at-all
title: Look at all commits
date: 2026-04-21
status: ratified
---

# Look at all commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Fix

Nothing, or tell those whom it concerns.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import End, end_of
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.relations import temporary_citations
from govkb.rules.rule import Rule

RULE = Rule("REL011", "lapsed-relation", Severity.INFO)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every relation whose `until` is over."""
    for citation in temporary_citations(base):
        until = citation.qualifiers.get("until")
        if isinstance(until, str) and until.strip() and citation.relation is not None:
            end = end_of(until, citation.record, base.graph.resolver, base.today)
            if end.is_over:
                name = citation.relation.inverse if citation.is_inverse else citation.relation.name
                message = f"`{name}` {citation.text} holds no longer: {_why(end)}"
                yield RULE.at_key(citation.record, (*citation.key[:-1], "until"), message)


def _why(end: End) -> str:
    if end.record is None:
        return f"{end.name} has passed"
    if end.item is not None:
        return f"{end.name} is {end.item.state if not end.item.is_open else 'waived'}"
    if end.is_part:
        return f"all boxes of {end.name} are checked"
    return f"{end.record.id} is {end.record.status}"
