"""A change lists a file that it doesn't touch.

## What it does

Compares the section in which a change lists its files with what it changes, as
[unlisted-file](unlisted-file.md) does, and names what is listed and not changed. Of a point with
several paths those count that it begins with: `tools/plan.py` in "`tools/plan.py` calls
`tools/main.py` now".

Braces that stand for more than 256 paths are not taken apart. Neither is what follows in a list of
more than 5,000 paths, or of more than 100 globs.

## Why

The list was written before the change was finished, or the file was forgotten in the commit.

## Bad

```yaml change:
files: [tools/plan.py, tools/health.py]
body: |
  ## Files touched

  - `tools/{plan.py,health.py}`
  - `tools/smoke.sh`
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

```yaml change:
files: [tools/plan.py, tools/health.py]
body: |
  ## Files touched

  - `tools/{plan.py,health.py}`, which `tools/smoke.sh` calls
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

Take the file off the list, or bring the change along that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.counting import counted
from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.file_lists import Listing, listings, named
from govkb.rules.rule import Rule

RULE = Rule("GATE015", "untouched-file", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every list with files that weren't changed, or that is too long to be told."""
    for listing in listings(base):
        paths = listing.files.untouched(listing.changed)
        if paths:
            are = "is" if len(paths) == 1 else "are"
            files = f"{counted(len(paths), 'path')} {are} listed"
            message = f'{files} in "{listing.section}" and not changed: {named(paths)}'
            yield listing.fault(RULE, message, "take them off the list, or commit what is missing")
        if listing.files.unread:
            yield _unread(listing)


def _unread(listing: Listing) -> Diagnostic:
    first = named(listing.files.unread[:1])
    message = f'the list in "{listing.section}" is not taken apart: {first} is too many paths'
    return listing.fault(RULE, message, "write fewer alternatives in braces, or name the folder")
