"""An older record says that it comes after a newer one.

## What it does

Compares the two ends of relations whose source is the later record, such as `supersedes` and
`previous`: by the numbers of their ids where both are of one type and have them, and by their
dates.

## Why

What was written earlier can't have replaced what came later: one of the two ids is wrong, or the
relation is the wrong way round.

## Bad

```markdown decisions/DEC-20260420-spot-check.md
---
id: DEC-20260420-spot-check
title: Spot-check three commits
date: 2026-04-20
status: ratified
supersedes: DEC-20260421-look-at-all
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
status: superseded
---

# Look at all commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Good

```markdown decisions/DEC-20260420-look-at-all.md
---
id: DEC-20260420-look-at-all
title: Look at all commits
date: 2026-04-20
status: superseded
---

# Look at all commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
supersedes: DEC-20260420-look-at-all
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Fix

Turn the relation round, or correct the id or the date that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.rules.citations import at_citation
from govkb.rules.relations import Edge, edges_in_force, kinds
from govkb.rules.rule import Rule

RULE = Rule("REL006", "superseded-by-older", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every relation whose source should be the later record and isn't."""
    for kind in kinds(base):
        if kind.is_later:
            for edge in edges_in_force(base, kind):
                reason = _earlier_by(edge.source, edge.target)
                if reason is not None:
                    yield _fault(edge, reason)


def _earlier_by(record: Record, other: Record) -> str | None:
    """By what a record is earlier than another; None where it isn't, or nobody can tell."""
    own, others = _number(record), _number(other)
    if record.type is other.type and own is not None and others is not None and own < others:
        return "by number"
    if record.date is not None and other.date is not None and record.date < other.date:
        return f"{record.date} before {other.date}"
    return None


def _number(record: Record) -> int | None:
    """The number in the id, where all ids of the type share one sequence."""
    if record.type is None or not record.type.is_numbered:
        return None
    written = record.tokens.get("seq", record.tokens.get("int"))
    return int(written) if written is not None else None


def _fault(edge: Edge, reason: str) -> Diagnostic:
    older, newer = edge.source.id, edge.target.id
    message = (
        f"by `{edge.kind.name}` {older} comes after {newer}, but it is the older one ({reason})"
    )
    hint = f"should {newer} say `{edge.kind.name}: {older}`?"
    return at_citation(RULE, edge.stated, message, hint=hint)
