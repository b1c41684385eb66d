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

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.graph import Citation
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.rules.citations import at_citation
from govkb.rules.rule import Rule

RULE = Rule("REF004", "duplicate-reference", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every declared reference that repeats an earlier one of its field."""
    seen: dict[tuple[object, ...], Citation] = {}
    citing, first = None, None
    for citation, resolution, _, _ in base.graph.declared:
        target, record, field = resolution.record, citation.record, citation.key[0]
        if record is not citing or field != first:
            citing, first = record, field
            seen.clear()
        if target is None or target is citing:
            continue
        key = (target.id, citation.name.meant_part)
        if key in seen:
            yield _fault(citation, target, seen[key])
        else:
            seen[key] = citation


def _fault(citation: Citation, target: Record, earlier: Citation) -> Diagnostic:
    message = f"{citation.text!r} names {target.id} again, after {earlier.text!r}"
    if citation.text == earlier.text:
        hint = "keep one of them, or name the record that was meant"
    else:
        hint = f"two spellings of one record: keep {target.id}"
    span = citation.record.span_of(earlier.key, value=True)
    related = Related("named here first", citation.record.path, span)
    return at_citation(RULE, citation, message, hint=hint, related=(related,))
