"""The frontmatter uses a YAML tag.

## What it does

Reports tags such as `!!python/object`.

## Why

A tag asks the reader to build an object. govkb never does, and other tools might.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
tags: !!python/tuple [probe]
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

Remove the tag.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ009", "yaml-tag", Severity.ERROR)
