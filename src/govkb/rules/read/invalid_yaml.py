"""The frontmatter is not YAML that can be read.

## What it does

Reports the place where the YAML parser gave up, a second YAML document, and keys that are not
plain text.

## Why

Nothing after that place can be read, so none of the fields can be trusted.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
summary: severity: from memory
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
summary: "severity: from memory"
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Fix

Look at the line named: most often a value with a colon needs quotes.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ006", "invalid-yaml", Severity.ERROR)
