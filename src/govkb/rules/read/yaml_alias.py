"""The frontmatter uses a YAML alias or merge key.

## What it does

Reports `*alias` and `<<`, before anything is expanded.

## Why

A few lines of aliases can expand to gigabytes, and a record should say what it says in place.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
tags: &all [probe]
aliases: *all
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

Write the value out.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ008", "yaml-alias", Severity.ERROR)
