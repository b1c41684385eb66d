"""A field is written twice.

## What it does

Reports every key that occurs a second time in the same mapping.

## Why

YAML parsers keep the last one in silence, so what a reader sees first is not what counts.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
status: active
status: withdrawn
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
status: active
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Fix

Keep one of the two.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ007", "duplicate-key", Severity.ERROR)
