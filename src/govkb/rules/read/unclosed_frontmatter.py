"""The frontmatter is never closed.

## What it does

Reports a file that begins with `---` but has no second line `---`.

## Why

The whole text would count as fields, or none of it. Most tools choose none and say nothing.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none

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

Add a line `---` after the last field.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ003", "unclosed-frontmatter", Severity.ERROR)
