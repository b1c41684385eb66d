"""A record does not begin with frontmatter.

## What it does

Reports a file whose first line is not `---`.

## Why

Without its fields a record has no id, no type and no status, so nothing can refer to it.

## Bad

```markdown pitfalls/probe-before-classify.md
# Probe before you classify

Look first.
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

Begin the file with `---`, the fields, and another `---`; or start over with `govkb new`.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ002", "missing-frontmatter", Severity.ERROR)
