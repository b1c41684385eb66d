"""What was appended has no heading with a time, or lacks a block that every update must have.

## What it does

Looks at sections, or whole bodies, whose type says `updates`: what is added to them stands under a
heading with the moment of writing, such as `### Update - 2026-01-17T09:48:36Z`, and has the
blocks that the type demands, such as `**Outstanding**`. Headings that were meant for one are
told what is right: `Update (Codex — …)`, `Update 9 - …`, `Update: …`. With a base (`govkb check
--base REF`) whatever was added since must stand under a new update, and faults of new updates are
errors. Without one, and in what was there before, they are warnings, for it can't be changed any
more. What stands before the first update is never judged.

## Why

Whoever takes over reads the last update first. It has to say when it was true, and what is open.

## Bad

```markdown session-captures/2026-01-17-s3-request-flow.md
---
id: 2026-01-17-s3-request-flow
title: S3 request flow
---

# S3 request flow

## Scope

How a bucket is requested.

## Work summary

The flow was drawn.

## Updates

### Update (Codex — 2026-01-17T09:48:36Z)

The pipeline asks for approval now.

**Outstanding**

- Nobody has tried a denial.
```

## Good

```markdown session-captures/2026-01-17-s3-request-flow.md
---
id: 2026-01-17-s3-request-flow
title: S3 request flow
---

# S3 request flow

## Scope

How a bucket is requested.

## Work summary

The flow was drawn.

## Updates

### Update - 2026-01-17T09:48:36Z

The pipeline asks for approval now.

**Outstanding**

- Nobody has tried a denial.
```

## Fix

Write the heading as the hint says, and what is still open below it. Old updates stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import Entry
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RecordType, UpdateShape
from govkb.rules.additions import added_entries, is_added
from govkb.rules.entries import quoted
from govkb.rules.rule import Rule
from govkb.rules.updates import (
    Update,
    missing_blocks,
    right_heading,
    stray_updates,
    updates_in,
)

RULE = Rule("APP016", "unshaped-update", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every misshapen update, and everything that was appended under none."""
    shapes = {of.name: of.update_shapes for of in base.catalogue.types.values()}
    for record in base.records:
        demanded = _shapes(record.type, shapes)
        for section, shape in demanded.items():
            updates = updates_in(record, section, shape)
            for update in (*updates, *stray_updates(record, section, shape)):
                found = _of_update(record, update, section, shape)
                if found is not None:
                    is_new = is_added(base, record, update.heading)
                    yield found if is_new else _as_old(found)
            yield from _under_none(base, record, section, updates, shape)
        if demanded:
            record.text.release()


def _shapes(
    of: RecordType | None, shapes: dict[str, dict[str, UpdateShape]]
) -> dict[str, UpdateShape]:
    return shapes.get(of.name, {}) if of is not None else {}


def _of_update(
    record: Record, update: Update, section: str, shape: UpdateShape
) -> Diagnostic | None:
    text = update.heading.text
    if update.moment is None:
        message = f"{text!r} is no heading of an update: {update.fault}"
        hint = f"write {right_heading(text, section, shape)}"
    else:
        missing = missing_blocks(record, update, shape)
        if not missing:
            return None
        names = " and ".join(f'"{name}"' for name in missing)
        message = f"{text!r} has no block {names}"
        hint = " and ".join(f"add `**{name}**` with what there is of it" for name in missing)
    heading = update.heading
    return RULE.at_offsets(record, heading.start, heading.end - 1, message, hint=hint)


def _as_old(found: Diagnostic) -> Diagnostic:
    hint = f"{found.hint}; if it is merged already, do so in the next update"
    return replace(found, severity=Severity.WARNING, hint=hint)


def _under_none(
    base: KnowledgeBase, record: Record, section: str, updates: list[Update], shape: UpdateShape
) -> Iterator[Diagnostic]:
    """What was appended since the base under no new update, the first entry of each stretch."""
    told: set[int] = set()
    for entry in added_entries(base, record, section):
        above = [u for u in updates if u.heading.start <= entry.block.start < u.end]
        start = above[-1].heading.start if above else -1
        is_under_new = bool(above) and is_added(base, record, above[-1].heading)
        if not is_under_new and start not in told:
            told.add(start)
            yield _appended(record, entry, section, above, shape)


def _appended(
    record: Record, entry: Entry, section: str, above: list[Update], shape: UpdateShape
) -> Diagnostic:
    where = "the body" if section == "*" else f'"{section}"'
    under = f"the old {above[-1].heading.text!r}" if above else "no heading of an update"
    message = f"{quoted(entry.text)} was added to {where} of {record.id} under {under}"
    hint = f"put it under one of its own: {right_heading('', section, shape)}"
    return RULE.at_offsets(record, entry.block.start, entry.block.end, message, hint=hint)
