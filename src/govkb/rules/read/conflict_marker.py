"""A merge was not finished.

## What it does

Reports lines that begin with git's conflict markers, `<<<<<<<` or `>>>>>>>`. Examples inside code
blocks are fine.

## Why

Both sides of the conflict stand in the record, and which of them holds is anybody's guess.

## Bad

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

<<<<<<< HEAD
Look at the current state first.
=======
Ask the owner first.
>>>>>>> other
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

Settle the conflict: keep what holds, remove the three marker lines. Of an append-only section keep
both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult
from govkb.rules.rule import Rule

RULE = Rule("READ017", "conflict-marker", Severity.ERROR)

_MARKS = (b"<" * 7, b">" * 7)
_MARKER = re.compile(rb"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)


def check_file(result: ReadResult, terms: Terms) -> Iterator[Diagnostic]:
    """Every conflict marker outside code."""
    data = result.source.data
    if b"\n<<<<<<<" not in data and b"\n>>>>>>>" not in data and data[:7] not in _MARKS:
        return
    for match in _MARKER.finditer(data):
        if not _is_code(result, match.start()):
            message = f"the conflict marker {match[0][:7].decode()} is left from a merge"
            hint = "settle the conflict and remove the markers"
            yield RULE.at_source(result, match.start(), match.end(), message, hint=hint)


def _is_code(result: ReadResult, offset: int) -> bool:
    blocks = result.record.body.blocks if result.record is not None else ()
    return any(block.kind == "code" and block.start <= offset < block.end for block in blocks)
