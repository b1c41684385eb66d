"""A record lacks an entry of the one before it, in a section that carries all of them on.

## What it does

Holds sections that are `cumulative` against those of the record's `previous`: every entry is there
word for word, under the same date. The heading may say more after the date (`2026-04-18 (preserved
from prior handoff)`), and each group may count from 1. New entries stand in the newest group only.
It takes no git, for both records are there.

## Why

The next session reads the newest handoff and no other. A learning that it doesn't carry on is
forgotten, and one that it carries on in other words was never agreed upon.

## Bad

```markdown handoffs/HANDOFF-2026-04-18.md
---
id: HANDOFF-2026-04-18
title: Handoff of 2026-04-18
date: 2026-04-18
---

# Handoff of 2026-04-18

## Key Learnings

### 2026-04-18

1. Default-enabled is not actually enabled.
2. Pre-flight discipline pays.
```

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
previous: HANDOFF-2026-04-18
---

# Handoff of 2026-04-21

## Key Learnings

### 2026-04-18 (preserved from prior handoff)

1. Default-enabled is actually enabled.
```

## Good

```markdown handoffs/HANDOFF-2026-04-18.md
---
id: HANDOFF-2026-04-18
title: Handoff of 2026-04-18
date: 2026-04-18
---

# Handoff of 2026-04-18

## Key Learnings

### 2026-04-18

1. Default-enabled is not actually enabled.
2. Pre-flight discipline pays.
```

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
previous: HANDOFF-2026-04-18
---

# Handoff of 2026-04-21

## Key Learnings

### 2026-04-18 (preserved from prior handoff)

1. Default-enabled is not actually enabled.
2. Pre-flight discipline pays.

### 2026-04-21 (appended)

1. Probe before you classify.
```

## Fix

Copy the entry from the record before, word for word, to where it stood. `govkb new handoff` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.history import Entry
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.rules.carried import CarriedChange, Fate, carried_changes
from govkb.rules.entries import quoted
from govkb.rules.predecessors import followings, sections_that, texts_of
from govkb.rules.rule import Rule

_HEADED_DAY = re.compile(rb"^#+ .*?([0-9]{4}-[0-9]{2}-[0-9]{2})", re.MULTILINE)

RULE = Rule("APP019", "lost-learning", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every entry of a cumulative section that isn't carried on as it was."""
    for record, previous in followings(base):
        for section in sections_that("cumulative", record):
            if not _goes_on(texts_of(previous, section), texts_of(record, section)):
                for change in carried_changes(record, previous, section.name):
                    yield _found(record, previous, section.name, change)
            record.text.release()
            previous.text.release()


def _goes_on(before: bytes, now: bytes) -> bool:
    """Whether nothing but groups of new days was appended, as in most handoffs."""
    before = before.rstrip()
    added = now[len(before) :].strip()
    if not now.startswith(before + b"\n"):
        return False
    days = _HEADED_DAY.findall(added)
    return not added or (added.startswith(b"### ") and not any(day in before for day in days))


def _found(record: Record, previous: Record, section: str, change: CarriedChange) -> Diagnostic:
    old, new, group = change.old, change.new, change.group
    related = (_origin(previous, old),) if old is not None else ()
    if new is None:
        assert old is not None
        message = f'"{section}" of {record.id} lacks what {previous.id} has: {quoted(old.text)}'
        hint = f"carry it on, word for word, under {group or 'no date'}"
        return replace(_at_section(record, section, message, hint, related), old=old.text)
    start, end = new.block.start, new.block.end
    if change.fate is Fate.ADDED:
        message = f"a new entry stands among those of {group}: {quoted(new.text)}"
        hint = f"{previous.id} doesn't have it: move it to the newest group"
        return RULE.at_offsets(record, start, end, message, hint=hint, related=related)
    assert old is not None
    if change.fate is Fate.MOVED:
        message = f"an entry of {previous.id} stands under another date: {quoted(new.text)}"
        hint = f"move it back to {group or 'where no date is'}"
        return RULE.at_offsets(record, start, end, message, hint=hint, related=related)
    message = f"an entry of {previous.id} has been changed: {quoted(old.text)}"
    hint = "restore the old text and add a new entry that corrects it"
    found = RULE.at_offsets(record, start, end, message, hint=hint, related=related)
    return replace(found, old=old.text, new=new.text)


def _origin(previous: Record, old: Entry) -> Related:
    span = previous.source.span(old.block.start, old.block.end)
    return Related(f"{previous.id} has it here", previous.path, span)


def _at_section(
    record: Record, name: str, message: str, hint: str, related: tuple[Related, ...]
) -> Diagnostic:
    names = record.type.headings_of(name) if record.type is not None else frozenset()
    for section in record.outline.sections():
        if section.name.casefold() in names:
            start, end = section.heading.start, section.heading.end - 1
            return RULE.at_offsets(record, start, end, message, hint=hint, related=related)
    found = RULE.at_file(record.path, message, hint=hint, related=related)
    return replace(found, record=record.id)
