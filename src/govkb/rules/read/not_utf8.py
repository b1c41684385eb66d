r"""A file is not UTF-8 text.

## What it does

Reports the first byte that is not valid UTF-8, and files saved as UTF-16.

## Why

Every tool that reads the record would show other characters, or fail. The rest of the file can't
be judged.

## Bad

```bytes pitfalls/probe-before-classify.md
---\nid: caf\xe9\n---\n
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

Save the file as UTF-8 in your editor, or run `iconv -f latin1 -t utf-8`.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ001", "not-utf8", Severity.ERROR)
