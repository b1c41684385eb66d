r"""A field contains an invisible character.

## What it does

Reports control characters, zero-width characters and direction marks in keys and values, also
where they are written as escapes.

## Why

What is displayed is not what is stored: two ids can look the same and differ, and terminals obey
control characters.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
summary: "look \e[31m first"
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
summary: look first
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Fix

Remove the character; the message names it.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ012", "control-character", Severity.ERROR)
