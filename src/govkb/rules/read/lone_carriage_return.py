r"""A line ends in a lone carriage return.

## What it does

Reports line ends of old Macintosh files. Windows line ends (CR LF) are fine.

## Why

git and most tools see one single line, so no diff of the record can be read.

## Bad

```bytes pitfalls/probe-before-classify.md
---\rid: probe-before-classify\r---\r
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

Save the file with LF line ends.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ014", "lone-carriage-return", Severity.ERROR)
