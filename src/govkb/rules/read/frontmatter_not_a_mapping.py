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

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ005", "frontmatter-not-a-mapping", Severity.ERROR)
