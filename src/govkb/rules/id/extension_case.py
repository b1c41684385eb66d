"""A file's extension is not written in small letters.

## What it does

Reports records whose file name ends in `.MD` or `.Md`. They are read all the same.

## Why

On most systems a search for `*.md` passes over such a file, and so do other tools: the record is
there and isn't found.

## Bad

```markdown pitfalls/probe-before-classify.MD
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

Rename the file so that it ends in `.md`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult
from govkb.rules.rule import Rule

RULE = Rule("ID013", "extension-case", Severity.WARNING)


def check_file(result: ReadResult, terms: Terms) -> Iterator[Diagnostic]:
    """The file, where its extension has a capital letter."""
    path = result.path
    if path.endswith((".md", ".yaml", ".yml")):
        return
    stem, dot, extension = path.rpartition(".")
    if dot and extension != extension.lower():
        message = (
            f"the extension .{extension} is passed over where .{extension.lower()} is looked for"
        )
        yield RULE.at_file(path, message, hint=f"rename it to {stem}.{extension.lower()}")
