"""A comment ignores what isn't there.

## What it does

Reports names in `<!-- govkb: ignore … -->` comments under which nothing was found where the comment
stands. Rules that are switched off there are not counted.

## Why

The finding is gone, or moved away from its comment. What stays behind would hide the next one.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none # govkb: ignore unknown-value -- the word comes with the next vocabulary
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
enforcement: reviewing # govkb: ignore unknown-value -- the word comes with the next vocabulary
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Fix

Remove the comment, or the name from it. `govkb check --fix` does so, but not in append-only
sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Edit, Fix, Severity
from govkb.reading import ReadResult, Suppression
from govkb.rules.outcome import Outcome
from govkb.rules.rule import Rule

RULE = Rule("READ022", "unused-suppression", Severity.WARNING, fixable=True)


def check_outcome(outcome: Outcome) -> Iterator[Diagnostic]:
    """Every suppression with names that hid nothing."""
    for unused in outcome.unused:
        yield _fault(unused.result, unused.suppression, unused.names)


def _fault(result: ReadResult, suppression: Suppression, names: tuple[str, ...]) -> Diagnostic:
    where = "in this file" if suppression.covers_file else "here"
    message = f"{_listed(names)} {'find' if len(names) > 1 else 'finds'} nothing {where}"
    if len(names) == len(suppression.names):
        fix = Fix("remove the comment", (_removed(result, suppression),))
    else:
        title = f"take {_listed(names)} out of the comment"
        fix = Fix(title, (_shortened(result, suppression, names),))
    start, end = suppression.start, suppression.end
    return RULE.at_source(result, start, end, message, hint=fix.title, fix=fix)


def _removed(result: ReadResult, suppression: Suppression) -> Edit:
    """Without the comment; where it has its lines to itself, without these."""
    data = result.source.data
    start, end = suppression.start, suppression.end
    if suppression.is_alone:
        start = data.rfind(b"\n", 0, start) + 1
        line_end = data.find(b"\n", end)
        end = line_end + 1 if line_end >= 0 else len(data)
        # Between two blank lines it would leave both.
        if data[:start].endswith(b"\n\n") and data[end : end + 1] == b"\n":
            end += 1
        return Edit(start, end, "")
    is_before_blank = data[end : end + 1] in (b"", b"\n", b" ", b"\t")
    while is_before_blank and data[start - 1 : start] in (b" ", b"\t"):
        start -= 1
    return Edit(start, end, "")


def _shortened(result: ReadResult, suppression: Suppression, names: tuple[str, ...]) -> Edit:
    """The comment with the rest of its names."""
    data = result.source.data
    start = data.index(suppression.verb.encode(), suppression.start) + len(suppression.verb)
    text = data[start : suppression.end].decode()
    listed = re.match(r"[\s,]*(?:(?!--|–|—)[^\s,]+[\s,]*)*", text)
    assert listed is not None
    kept = ", ".join(name for name in suppression.names if name not in names)
    return Edit(start, start + len(listed[0].encode()), f" {kept} ")


def _listed(names: tuple[str, ...]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
