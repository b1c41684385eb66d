"""A reference leads nowhere.

## What it does

Resolves every reference in relation fields, every id in the text, and every relative link to a
Markdown file. References that name a ticket or an address elsewhere are not followed.

## Why

A record is evidence only while what it points to is there.

## Bad

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
relates_to: INC-20260418-Z
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
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
```

## Good

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
relates_to: INC-20260418-B
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
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
```

## Fix

Correct the id. The hint names the nearest records; none is ever put in by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import ResolutionKind, ResolvedCitation
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation
from govkb.rules.rule import Rule

RULE = Rule("REF002", "dangling-reference", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every reference that resolves to nothing, with the nearest records."""
    for resolved in base.graph.citations:
        if resolved.resolution.kind is ResolutionKind.UNRESOLVED:
            yield _fault(resolved, base)


def _fault(resolved: ResolvedCitation, base: KnowledgeBase) -> Diagnostic:
    name = resolved.citation.name.target
    near = base.graph.resolver.nearest(name)
    shown = [f"{record.id} ({record.title})" for record in near]
    hint = f"did you mean {' or '.join(shown)}?" if shown else "no record has a name like it"
    return at_citation(RULE, resolved.citation, f"{name!r} names no record", hint=hint)
