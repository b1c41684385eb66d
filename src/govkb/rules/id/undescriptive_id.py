"""An id says nothing about its record.

## What it does

Reports ids that are nothing but what a folder's first page is called (`README`, `index`) or what
stands where a name should be (`untitled`, `TODO`), in any letter case.

## Why

Every folder has a README, so the next one can't be told from this one, and nobody who reads a
reference to `README` knows what it is about.

## Bad

```markdown documents/README.md
---
id: README
title: Who does what
---

# Who does what

Who does what.
```

## Good

```markdown documents/who-does-what.md
---
id: who-does-what
title: Who does what
---

# Who does what

Who does what.
```

## Fix

Give the record an id that says what it is about. The file may keep its name where its type allows
that.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("ID012", "undescriptive-id", Severity.ERROR)

_NAMES = frozenset({"readme", "index", "_index", "untitled", "todo", "tbd", "template"})
_LONGEST = max(map(len, _NAMES))


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """The id, where it is one that any record could have and somebody chose it all the same."""
    if len(record.id) > _LONGEST or record.id.lower() not in _NAMES:
        return
    if record.has_own_id and record.sidecar != "folder":
        message = f"the id {record.id!r} says nothing about the record"
        hint = "choose one that says what it is about"
        yield RULE.at_key(record, ("id",), message, hint=hint)
