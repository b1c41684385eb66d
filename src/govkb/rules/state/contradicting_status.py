"""The text says another status than the frontmatter.

## What it does

Compares the status in the frontmatter with a line `Status: …` in front of the first section, and
with the first line of a section `Status`. Letter case, emphasis, signs and remarks in brackets
don't count, and neither does a word that is no status of the type, or a list of several to choose
from.

## Why

Two people read the same record, one on the forge and one on the site, and go by different
statuses.

## Bad

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
---

# Spot-check three commits

- **Status:** Proposed

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Good

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
---

# Spot-check three commits

- **Status:** Accepted (2026-04-21)

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Fix

Take the line out of the text, or make both say the same. Where both words mean one status,
declare the one as a synonym of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule
from govkb.rules.statuses import Said, quoted, status_in, written_status

RULE = Rule("STATE006", "contradicting-status", Severity.WARNING)

_LINE = re.compile(
    rb"^[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?status(?:\*\*|__)?[ \t]*:(?:\*\*|__)?"
    rb"[ \t]*(?P<value>[^\n]+)",
    re.MULTILINE | re.IGNORECASE,
)
_FIRST_LINE = re.compile(rb"\s*(?P<value>[^\n]+)")

Place = tuple[int, int]


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every line of the text that says another status than the frontmatter."""
    if record.type is None or "status" not in record.metadata or record.type.statuses.is_free:
        return
    if record.status is None:
        return
    for start, end in _places(record):
        said = status_in(record.source.text(start, end), record.type.statuses)
        if said is not None and said.status != record.status and _is_text(record, start):
            yield _fault(record, start, end, said)


def _places(record: Record) -> Iterator[Place]:
    """Where the text may say a status."""
    outline, data = record.outline, record.source.data
    if data.find(b"tatus", outline.start) < 0 and data.find(b"TATUS", outline.start) < 0:
        return
    stop = next((h.start for h in outline.headings if h.level > 1), outline.end)
    for line in _LINE.finditer(data, outline.start, stop):
        yield line.span("value")
    section = outline.section("Status")
    first = _FIRST_LINE.match(data, section.heading.end, section.end) if section else None
    if first is not None:
        yield first.span("value")


def _is_text(record: Record, at: int) -> bool:
    """Whether a place is read as text: not as code, and not as a comment."""
    return any(
        block.start <= at < block.end and block.kind in ("paragraph", "item")
        for block in record.body.blocks
    )


def _fault(record: Record, start: int, end: int, said: Said) -> Diagnostic:
    text = quoted(said.word, said.status)
    message = f"the text says {text}, but the frontmatter says {written_status(record)}"
    related = Related("the status", record.path, record.span_of(("status",), value=True))
    hint = "take the line out of the text, or correct the one that is wrong"
    return RULE.at_offsets(record, start, end, message, hint=hint, related=(related,))
