"""A number has too many digits.

## What it does

Reports unquoted whole numbers of more than 18 digits.

## Why

No tool keeps such a number exactly, and Python refuses to read it.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
summary: 9999999999999999999999999999999999999999
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
summary: "9999999999999999999999999999999999999999"
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Fix

Put it in quotes if it is an identifier.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ013", "number-too-long", Severity.ERROR)
