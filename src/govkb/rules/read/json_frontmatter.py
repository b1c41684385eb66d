"""The metadata is JSON.

## What it does

Reports a file that begins with `{`.

## Why

One way to write fields keeps every record readable for every tool and every person.

## Bad

```markdown pitfalls/probe-before-classify.md
{"id": "probe-before-classify"}

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

Write the fields as YAML between two lines `---`.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ004", "json-frontmatter", Severity.ERROR)
