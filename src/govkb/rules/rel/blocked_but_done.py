"""A record is done before what it waits for.

## What it does

Looks at relations that say that one end waits for the other (`depends_on`, `blocks`, `parent`;
`waits` in the vocabulary), and reports what is done while the other is open. What was given up,
such as a rejected decision, waits for nothing.

## Why

Either the one isn't done, or the other is done as well, or it never stood in the way: one of the
three is written down wrongly.

## Bad

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
depends_on: INC-20260418-B
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown incidents/INC-20260418-B-zero-backups.md
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
---

# Zero backups

## Summary

No backup was written for 74 days.
```

## Good

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: proposed
depends_on: INC-20260418-B
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown incidents/INC-20260418-B-zero-backups.md
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
---

# Zero backups

## Summary

No backup was written for 74 days.
```

## Fix

Set the status that is true, or take out the relation if nothing was waited for.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.graph import has_status, is_open, waiting_and_awaited
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation
from govkb.rules.relations import Edge, edges_in_force, kinds
from govkb.rules.rule import Rule

RULE = Rule("REL008", "blocked-but-done", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record that is done while another that it waits for is open."""
    for kind in kinds(base):
        if kind.waits is not None:
            for edge in edges_in_force(base, kind):
                waiting, awaited = waiting_and_awaited(kind, edge.source, edge.target)
                if (
                    waiting.is_done
                    and is_open(awaited)
                    and not has_status(waiting, kind.void_while)
                ):
                    yield _fault(edge)


def _fault(edge: Edge) -> Diagnostic:
    waiting, awaited = waiting_and_awaited(edge.kind, edge.source, edge.target)
    said = f"{edge.source.id} `{edge.kind.name}` {edge.target.id}"
    message = (
        f"{waiting.id} is {waiting.status}, but {awaited.id}, for which it waits, is "
        f"still {awaited.status} ({said})"
    )
    hint = f"is {awaited.id} done as well? then set its status"
    places = tuple(
        Related(f"{r.id} is {r.status}", r.path, r.span_of(("status",), value=True))
        for r in (waiting, awaited)
        if "status" in r.metadata
    )
    return at_citation(RULE, edge.stated, message, hint=hint, related=places)
