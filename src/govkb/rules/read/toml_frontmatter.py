"""The metadata is TOML.

## What it does

Reports a file that begins with fields between two lines `+++`, as Hugo reads them.

## Why

govkb reads YAML: in a type whose records need no frontmatter, such fields would be taken for text
and nobody would miss them.

## Bad

```markdown pitfalls/probe-before-classify.md
+++
id = "probe-before-classify"
title = "Probe before you classify"
+++

# Probe before you classify
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

Write the fields as YAML, `name: value` in place of `name = value`, between two lines `---`. Hugo
reads both; `hugo convert toYAML` does it for a whole site.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ026", "toml-frontmatter", Severity.ERROR)
