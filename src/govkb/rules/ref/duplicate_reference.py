"""A relation field names the same record twice.

## What it does

Reports the second of two references in one field that resolve to the same record, whatever their
spelling. Different parts of one record are different references.

## Why

One of the two was meant to be another record, or the list is longer than it needs to be.

## Bad

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
relates_to: [INC-20260418-B, INC-20260418-B-zero-backups-for-74-days]
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
relates_to: [INC-20260418-B]
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

Keep one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation
from govkb.rules.rule import Rule

RULE = Rule("REF004", "duplicate-reference", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every declared reference that repeats an earlier one of its field."""
    seen: dict[tuple[object, ...], str] = {}
    for resolved in base.graph.citations:
        citation, target = resolved.citation, resolved.resolution.record
        if not citation.is_declared or target is None or target is citation.record:
            continue
        key = (
            citation.record.path,
            citation.key[0],
            target.id,
            citation.name.fragment,
            citation.name.part,
        )
        if key in seen:
            message = f"{citation.text!r} names {target.id} again, after {seen[key]!r}"
            yield at_citation(RULE, citation, message)
        seen.setdefault(key, citation.text)
