r"""A file name can't be used on every system.

## What it does

Reports names that Windows reserves (`CON`, `aux.md`), names that begin with `-` or end in a dot
or blank, names with `\`, `:` or invisible characters, and names of more than 200 bytes.

## Why

A record that can't be checked out on somebody's machine, or is taken for a command's option, is a
record that they don't have.

## Bad

```markdown pitfalls/aux.md
---
id: aux
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

Rename the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult
from govkb.rules.rule import Rule

RULE = Rule("ID005", "unsafe-name", Severity.ERROR)


_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\\:*?"<>|]')
_MAX_BYTES = 200


def check_file(result: ReadResult, terms: Terms) -> Iterator[Diagnostic]:
    """The file, where a part of its path is unsafe."""
    for part in result.place.split("/"):
        reason = _why_unsafe(part)
        if reason:
            yield RULE.at_file(result.path, f"the name {part!r} {reason}", hint="rename it")


def _why_unsafe(part: str) -> str | None:
    if _RESERVED.fullmatch(part):
        return "is reserved on Windows"
    if _UNSAFE.search(part):
        return "has a character that can't be used everywhere"
    if part.startswith("-"):
        return "begins with a dash and would be taken for an option"
    if part != part.rstrip(". ") or part.removesuffix(".md") != part.removesuffix(".md").rstrip(
        ". "
    ):
        return "ends in a dot or a blank"
    if len(part.encode("utf-8", "surrogateescape")) > _MAX_BYTES:
        return f"is longer than {_MAX_BYTES} bytes"
    return None
