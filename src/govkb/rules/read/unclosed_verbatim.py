"""A mark for text that is quoted word for word has no counterpart.

## What it does

Pairs the comments `<!-- govkb: verbatim -->` and `<!-- govkb: end verbatim -->`, and reports each
that stands alone or says something else.

## Why

Without its end such a part exempts nothing, and whoever marked it believes that it does.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

<!-- govkb: verbatim -->
> A severity is set from memory.

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

<!-- govkb: verbatim -->
> A severity is set from memory.
<!-- govkb: end verbatim -->

## Rule

Look at the current state first.
```

## Fix

Put the missing comment where the quoted text begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult
from govkb.record_text.comments import Comment
from govkb.rules.comments import comments_of
from govkb.rules.rule import Rule

RULE = Rule("READ020", "unclosed-verbatim", Severity.WARNING)

_BEGIN, _END = "verbatim", "end verbatim"


def check_file(result: ReadResult, terms: Terms) -> Iterator[Diagnostic]:
    """Every mark without its counterpart."""
    if result.record is None:
        return
    for comment, message, hint in _faults(comments_of(result.record)):
        yield RULE.at_source(result, comment.start, comment.end, message, hint=hint)


def _faults(comments: tuple[Comment, ...]) -> Iterator[tuple[Comment, str, str]]:
    begun = None
    for comment in comments:
        if comment.text == _BEGIN and begun is None:
            begun = comment
        elif comment.text == _BEGIN:
            yield comment, "a verbatim part begins inside another", "close the first one before"
        elif comment.text == _END and begun is None:
            yield comment, "a verbatim part ends that never began", f"begin it with {_mark(_BEGIN)}"
        elif comment.text == _END:
            begun = None
        elif comment.text.split(" ")[0] in (_BEGIN, "end"):
            hint = f"write {_mark(_BEGIN)} or {_mark(_END)}"
            yield comment, f"{comment.text!r} marks no verbatim part", hint
    if begun is not None:
        message = "the verbatim part that begins here is never closed, and exempts nothing"
        yield begun, message, f"close it with {_mark(_END)}"


def _mark(text: str) -> str:
    return f"<!-- govkb: {text} -->"
