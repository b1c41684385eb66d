"""A reference names more than one record.

## What it does

Reports references for which two or more records qualify in the same step of the resolution order,
and names every one of them with its file.

## Why

Choosing one of them would be a guess, and the link would look as good as any other.

## Bad

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
relates_to: INC-B
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

```markdown incidents/INC-20260419-B-zero-backups-for-74-days.md
---
id: INC-20260419-B
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

```markdown incidents/INC-20260419-B-zero-backups-for-74-days.md
---
id: INC-20260419-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
```

## Fix

Write the full id. Where the records share one id, give each its own (`govkb rule ID002`); until
then only a path says which is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import ResolutionKind, ResolvedCitation
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation, in_record, places
from govkb.rules.rule import Rule

RULE = Rule("REF001", "ambiguous-reference", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every reference with several candidates."""
    for resolved in base.graph.resolved_as(ResolutionKind.AMBIGUOUS):
        yield _fault(resolved)


def _fault(resolved: ResolvedCitation) -> Diagnostic:
    citation, candidates = resolved.citation, resolved.resolution.candidates
    ids = {record.id for record in candidates}
    has_ids = len(ids) == len(candidates)
    names = ", ".join(record.id if has_ids else record.path for record in candidates)
    message = f"{in_record(citation.name.target, citation)} can be {names}"
    hint = "write the full id" if has_ids else "give each of them an id of its own"
    return at_citation(RULE, citation, message, hint=hint, related=places(candidates))
