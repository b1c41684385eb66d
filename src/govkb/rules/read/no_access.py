"""A file can't be read.

## What it does

Reports files that the operating system refuses to open.

## Why

A file that is skipped in silence is a record that nobody checks.

## Bad

```sh
chmod 000 records/pitfalls/probe-before-classify.md
```

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

## Good

```sh
chmod 644 records/pitfalls/probe-before-classify.md
```

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

Check the permissions of the file.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ016", "no-access", Severity.ERROR)
