"""The record is there, but not the part of it that is named.

## What it does

Reports references such as `DEC-20260421-E.2`, `probe-before-classify#rule` or
`EVO-2026-0420-002 Track A` whose record has no such heading, links to an anchor that isn't there,
and rows of a table (`Roadmap items 094-097`) that the table doesn't have. A range is taken apart,
and each missing row is named. Words after an id in the text count as a heading only where the
record has others like it: `Track C` is missed where there is a `Track A`.

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

Name one of the record's headings or rows, or add it there.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import Name, ResolvedCitation
from govkb.graph.parts import headings_of
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.rules.citations import at_citation
from govkb.rules.rule import Rule

RULE = Rule("REF005", "missing-part", Severity.ERROR)

_SHOWN = 8


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every reference to a heading or row that its record doesn't have."""
    for resolved in base.graph.without_part:
        if resolved.citation.name.lines is None:
            yield _fault(resolved)


def _fault(resolved: ResolvedCitation) -> Diagnostic:
    citation, record = resolved.citation, resolved.resolution.record
    assert record is not None
    name = citation.name
    if name.row is not None:
        message = f"{record.id} has no row {name.row!r}"
        return at_citation(RULE, citation, message, hint="its tables have no row with this id")
    who = "this record" if record is citation.record else record.id
    part = _part(name, record)
    return at_citation(RULE, citation, f"{who} has no part {part!r}", hint=_hint(part, record))


def _part(name: Name, record: Record) -> str:
    if name.part is not None:
        return f"{record.tokens.get('letter', '')}.{name.part}"
    return name.label or name.fragment or ""


def _hint(part: str, record: Record) -> str | None:
    anchors = [heading.anchor for heading in headings_of(record)]
    near = difflib.get_close_matches(part.lower(), anchors, 3)
    if near:
        return f"did you mean #{' or #'.join(near)}?"
    return f"its headings: {', '.join(anchors[:_SHOWN])}" if anchors else "it has no headings"
