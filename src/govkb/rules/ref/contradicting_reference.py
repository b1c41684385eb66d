"""The number of a reference and its words belong to different records.

## What it does

Reports references such as `ADR-0180-tdd-philosophy` where `ADR-0180` is a record about something
else and the words are those of `ADR-0182-tdd-philosophy`. Both are named; neither is taken.

## Why

It happens when records are renumbered. By the number the reference would lead to the wrong record,
and nobody would notice.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
relates_to: [DEC-20260421-attribution-cutover]
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

```markdown decisions/DEC-20260420-attribution-cutover.md
---
id: DEC-20260420-attribution-cutover
title: Attribution cutover
date: 2026-04-20
---

# Attribution cutover

## Context

Two ways were open.

## Decision

This one.
```

```markdown decisions/DEC-20260421-restore-drill.md
---
id: DEC-20260421-restore-drill
title: Restore drill
date: 2026-04-21
---

# Restore drill

## Context

Two ways were open.

## Decision

This one.
```

## Good

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
relates_to: [DEC-20260420-attribution-cutover]
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

```markdown decisions/DEC-20260420-attribution-cutover.md
---
id: DEC-20260420-attribution-cutover
title: Attribution cutover
date: 2026-04-20
---

# Attribution cutover

## Context

Two ways were open.

## Decision

This one.
```

```markdown decisions/DEC-20260421-restore-drill.md
---
id: DEC-20260421-restore-drill
title: Restore drill
date: 2026-04-21
---

# Restore drill

## Context

Two ways were open.

## Decision

This one.
```

## Fix

Write the whole id of the record that was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import ResolutionKind, ResolvedCitation
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation, in_record, places
from govkb.rules.rule import Rule

RULE = Rule("REF006", "contradicting-reference", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every reference whose number says one record and whose words say another."""
    for resolved in base.graph.resolved_as(ResolutionKind.CONTRADICTING):
        yield _fault(resolved)


def _fault(resolved: ResolvedCitation) -> Diagnostic:
    citation, resolution = resolved.citation, resolved.resolution
    holders = " and ".join(record.id for record in resolution.candidates)
    meant = " or ".join(record.id for record in resolution.meant)
    name = in_record(citation.name.target, citation)
    message = f"{name} has the number of {holders} and the words of {meant}"
    related = places((*resolution.candidates, *resolution.meant))
    return at_citation(RULE, citation, message, hint=f"write {meant}", related=related)
