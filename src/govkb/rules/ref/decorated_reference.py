"""A reference carries words that are no part of the id.

## What it does

Reports references in fields such as `ADR-0034 (CI Environment Contract)`. The id before the words
is what counts.

## Why

The words are a copy of the title, which changes; and other programs that read the field take the
whole text for the id.

## Bad

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
relates_to: [INC-20260418-B (Zero backups)]
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

Keep the id alone; `govkb check --fix` does it. What needs saying goes into a note:
`{ref: INC-20260418-B, note: why}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb import strict_yaml
from govkb.diagnostics import Diagnostic, Edit, Fix, Severity
from govkb.graph import Citation, ResolutionKind
from govkb.graph.references import undecorated
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation
from govkb.rules.rule import Rule

RULE = Rule("REF007", "decorated-reference", Severity.WARNING, fixable=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every decorated reference of a field, once for all the records that it names."""
    seen: set[tuple[object, ...]] = set()
    for resolved in base.graph.resolved_as(ResolutionKind.DECORATED):
        citation = resolved.citation
        place = (citation.record.path, citation.key)
        if citation.is_declared and place not in seen:
            seen.add(place)
            yield _fault(citation)


def _fault(citation: Citation) -> Diagnostic:
    plain = undecorated(citation.text)
    message = f"{citation.text!r} says more than the id"
    hint = f"write {plain}; what needs saying can be a note"
    return at_citation(RULE, citation, message, hint=hint, fix=_fix(citation, plain))


def _fix(citation: Citation, plain: str) -> Fix | None:
    """The id alone in the place of the text; None where that wouldn't be read as this id."""
    record = citation.record
    start, end = record.extent_of(citation.key, value=True)
    before = record.source.text(record.yaml_start, start)
    after = record.source.text(end, record.yaml_end)
    read = strict_yaml.load(before + plain + after).value
    for part in citation.key:
        is_there = isinstance(read, dict) or (isinstance(read, list) and isinstance(part, int))
        read = read[part] if is_there else None
    if read != plain:
        return None
    return Fix(f"write {plain} alone", (Edit(start, end, plain),))
