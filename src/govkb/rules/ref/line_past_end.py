"""A line is cited that its file does not have.

## What it does

Reports places such as `scripts/bridge.sh:139` and `scripts/bridge.sh:58-60` where the file is
there, but shorter, and ranges that end before they begin.

## Why

The file has changed since, so what stands there now is not what was meant.

## Bad

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
---

# Spot-check three commits

## Context

Eight commits landed together. The check is in `scripts/bridge.sh:2-3`.

## Decision

Look at the first, the middle and the last.
```

```sh ../scripts/bridge.sh
#!/bin/sh
exit 0
```

## Good

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
---

# Spot-check three commits

## Context

Eight commits landed together. The check is in `scripts/bridge.sh:1-2`.

## Decision

Look at the first, the middle and the last.
```

```sh ../scripts/bridge.sh
#!/bin/sh
exit 0
```

## Fix

Look the place up and correct the number; a link to a commit stays right for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import ResolvedCitation
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation, in_record
from govkb.rules.rule import Rule

RULE = Rule("REF009", "line-past-end", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every cited line past the end of its file."""
    for resolved in base.graph.without_part:
        if resolved.citation.name.lines is not None:
            yield _fault(resolved)


def _fault(resolved: ResolvedCitation) -> Diagnostic:
    citation, resolution = resolved.citation, resolved.resolution
    count = resolution.line_count or 0
    lines = "1 line" if count == 1 else f"{count:,} lines"
    message = f"{in_record(citation.text, citation)} is no place in a file of {lines}"
    return at_citation(RULE, citation, message, hint=f"look it up in {resolution.path}")
