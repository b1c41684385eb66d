"""The record is there, but not the part of it that is named.

## What it does

Reports references such as `DEC-20260421-E.2` or `probe-before-classify#rule` whose record has no
such heading.

## Why

The link would open the record at the top, and the reader would search it for something that isn't
there.

## Bad

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
relates_to: probe-before-classify#candidate-automation
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Good

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
relates_to: probe-before-classify#rule
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Fix

Name one of the record's headings, or add the heading there.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import ResolvedCitation
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation
from govkb.rules.rule import Rule

RULE = Rule("REF005", "missing-part", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every reference to a heading that its record doesn't have."""
    for resolved in base.graph.citations:
        if resolved.misses_part:
            yield _fault(resolved)


def _fault(resolved: ResolvedCitation) -> Diagnostic:
    citation, record = resolved.citation, resolved.resolution.record
    assert record is not None
    part = citation.name.fragment or f"{record.tokens.get('letter', '')}.{citation.name.part}"
    anchors = ", ".join(sorted(record.body.anchors())[:8])
    message = f"{record.id} has no part {part!r}"
    return at_citation(
        RULE, citation, message, hint=f"its headings: {anchors}" if anchors else None
    )
