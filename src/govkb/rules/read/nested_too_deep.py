"""The frontmatter is nested too deep.

## What it does

Reports values nested more than 20 levels deep, counted before anything is built.

## Why

Deep nesting crashes YAML parsers; no record needs it.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
tags: [[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Good

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
tags: [probe]
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Fix

Flatten the value, or move it into the body.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult
from govkb.rules.rule import Rule

RULE = Rule("READ010", "nested-too-deep", Severity.ERROR)


def check_file(result: ReadResult, terms: Terms) -> Iterator[Diagnostic]:
    """The faults of this kind that reading came upon."""
    return RULE.from_faults(result)
