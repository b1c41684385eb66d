"""The frontmatter is not a set of fields.

## What it does

Reports frontmatter that is empty, a list or a single value.

## Why

A list has no names, so it can't hold an id, a title or a status.

## Bad

```markdown pitfalls/probe-before-classify.md
---
- probe-before-classify
- active
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
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Fix

Write each field as `name: value`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult
from govkb.rules.rule import Rule

RULE = Rule("READ005", "frontmatter-not-a-mapping", Severity.ERROR)


def check_file(result: ReadResult, terms: Terms) -> Iterator[Diagnostic]:
    """The faults of this kind that reading came upon."""
    return RULE.from_faults(result)
