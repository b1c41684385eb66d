"""A change touches a file that it doesn't list.

## What it does

Compares the section in which a change lists its files (`lists_files` in the declaration of a type;
"Files touched" in the changes that come with govkb) with what it changes. For `govkb check-change`
that is the section of the text in `--body`, and the files that git or `--files` tells of. For
`govkb check` it is the section of a record that names its `commit`, where git has that commit and
the record's `repo` is this one.

Paths stand between backticks or begin a point of a list, a row of a table or a line of code; they
are those below the project's folder. `{plan.py,health.py}` stands for two, a folder for all that is
in it, and `*` for what it does in .gitignore. Of a renamed file both names count. Where braces
stand for more than 256 paths nothing counts as missing, and [untouched-file](untouched-file.md)
says so.

## Why

Whoever reviews by the list doesn't look at what isn't in it.

## Bad

```yaml change:
files: [tools/plan.py, tools/health.py]
body: |
  ## Files touched

  - `tools/plan.py`
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

  - `tools/{plan.py,health.py}`
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

Add the file to the list, or take it out of the change. One line may stand for several:
`tools/{plan.py,health.py}`, `tools/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.counting import counted
from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.file_lists import listings, named
from govkb.rules.rule import Rule

RULE = Rule("GATE014", "unlisted-file", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every list that leaves files out."""
    for listing in listings(base):
        paths = listing.files.unlisted(listing.changed)
        if paths:
            are = "is" if len(paths) == 1 else "are"
            files = f"{counted(len(paths), 'file')} {are} changed"
            message = f'{files} and not listed in "{listing.section}": {named(paths)}'
            yield listing.fault(RULE, message, "list them, or take them out of the change")
