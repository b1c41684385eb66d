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

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ011", "frontmatter-too-large", Severity.ERROR)
