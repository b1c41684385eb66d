"""A record is a symbolic link.

## What it does

Reports links in the records folder. They are not followed.

## Why

A link can lead out of the repository, and its target can change without a trace in the record's
history.

## Bad

```symlink pitfalls/probe-before-classify.md
/etc/hostname
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

Put the record itself there, or refer to the other one by id.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ015", "symbolic-link", Severity.ERROR)
