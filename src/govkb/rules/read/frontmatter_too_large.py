"""The frontmatter is too large.

## What it does

Reports frontmatter of more than 32 KiB.

## Why

Metadata of that size is text in the wrong place, and reading it slows every check.

## Bad

```long pitfalls/probe-before-classify.md
---
id: probe-before-classify
summary: LONG
---

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

Move the text into the body.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult
from govkb.rules.rule import Rule

RULE = Rule("READ011", "frontmatter-too-large", Severity.ERROR)


def check_file(result: ReadResult, terms: Terms) -> Iterator[Diagnostic]:
    """The faults of this kind that reading came upon."""
    return RULE.from_faults(result)
