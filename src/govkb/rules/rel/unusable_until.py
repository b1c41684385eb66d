"""A relation is to hold until something that can never come.

## What it does

A relation with `until` holds for a time only: up to and including a day (`until: 2026-05-01`),
until a record is done (`until: DEC-20260421-drill`), or until all boxes of a part of one are
checked (`until: ticket-58#acceptance-criteria`). Reports those that name nothing, or something
that has no end: a file, a record that can't be done, a part without boxes. A relation that is
always temporary must say until when. A ticket elsewhere is taken to be open.

## Why

Nobody will notice that what was meant for a week holds for ever.

## Bad

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
supersedes:
  - ref: DEC-20260421-look-at-all
    until: the drill is over
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
    until: INC-20260418-B
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

Name a day, a record that can be done, or a part of one that has boxes to check.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import Citation, End, EndKind, end_of
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation
from govkb.rules.relations import temporary_citations
from govkb.rules.rule import Rule

RULE = Rule("REL007", "unusable-until", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every `until` that leads nowhere, and every temporary relation without one."""
    for citation in temporary_citations(base):
        until = citation.qualifiers.get("until")
        if isinstance(until, str) and until.strip():
            end = end_of(until, citation.record, base.graph.resolver, base.today)
            if end.kind in (EndKind.NOWHERE, EndKind.NO_GATE):
                yield _fault(citation, until, end, base)
        elif until is None and citation.relation is not None and citation.relation.is_temporary:
            yield _missing(citation)


def _fault(citation: Citation, until: str, end: End, base: KnowledgeBase) -> Diagnostic:
    hint = "give a day (2026-05-01), a record that can be done, or a part of one that has boxes"
    if end.kind is EndKind.NOWHERE and end.record is None:
        near = base.graph.resolver.nearest(end.name)
        shown = " or ".join(f"{record.id} ({record.title})" for record in near)
        hint = f"did you mean {shown}?" if near else hint
    message = f"`until` names {until.strip()!r}, {_why(end)}"
    return RULE.at_key(citation.record, (*citation.key[:-1], "until"), message, hint=hint)


def _why(end: End) -> str:
    """Why something can't be an end."""
    if end.record is None:
        is_file = end.kind is EndKind.NO_GATE
        return "which is a file" if is_file else "which is no day and no one record"
    if end.kind is EndKind.NOWHERE:
        return f"and {end.record.id} has no such part"
    return "a part without boxes to check" if end.is_part else "a record that can never be done"


def _missing(citation: Citation) -> Diagnostic:
    assert citation.relation is not None
    message = f"`{citation.relation.name}` {citation.text} doesn't say until when"
    hint = f"write {{ref: {citation.text}, until: a day or a record's id}}"
    return at_citation(RULE, citation, message, hint=hint)
