"""Items are done, or are to be done, in an order that can't be.

## What it does

Follows what each item says that it comes after, as a merge request comes after the one whose branch
it is to be merged into. Reported are circles, what comes after something that isn't there, items
that are done while one before them is open or was done later, and a stated order that puts one
before what it comes after. An item that is exclusive comes before all that stand below it.

## Why

A child that is merged before its parent takes the parent's commits along, unreviewed.

## Bad

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
merge_order: ["!32", "!28"]
---

# Handoff of 2026-04-21

## Landed

| MR | Target | Title |
|---|---|---|
| `!28` | `main` | Follow-ups |
| `!32` | branch of `!28` | From high to medium |
```

## Good

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
merge_order: ["!28", "!32"]
---

# Handoff of 2026-04-21

## Landed

| MR | Target | Title |
|---|---|---|
| `!28` | `main` | Follow-ups |
| `!32` | branch of `!28` | From high to medium |
```

## Fix

Change the order, or what the item comes after, to what is true.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import Terms
from govkb.queries.stacks import Stack, stack_of
from govkb.reading import Record
from govkb.reading.items import Item, plain_name
from govkb.record_types.items import ItemType
from govkb.rules.kinds_of_items import called, items_by_kind
from govkb.rules.moments import is_before
from govkb.rules.rule import Rule

RULE = Rule("ITEM016", "misordered-item", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every place where the order of items can't be, or wasn't kept."""
    for kind, items in items_by_kind(record):
        if kind.after is None and kind.exclusive is None:
            continue
        stack = stack_of(kind, items)
        for item in stack.astray:
            said = item.value(kind.after or "")
            message = (
                f"{called(item)} comes after {said!r}, which is none of the {kind.plural.lower()}"
            )
            roots = f", or {' or '.join(kind.roots)}" if kind.roots else ""
            yield _at(record, item, message, f"name one of them{roots}")
        if stack.circle:
            names = [item.name for item in (*stack.circle, stack.circle[0])]
            message = f"{called(stack.circle[0])} waits for itself: {' → '.join(names)}"
            yield _at(record, stack.circle[0], message, "one of them has to be first")
        by_name = {plain_name(item.name): item for item in items}
        for item in items:
            for name in stack.after.get(plain_name(item.name), ()):
                yield from _too_early(record, item, by_name[name])
        yield from _misstated(record, kind, stack, by_name)


def _too_early(record: Record, item: Item, before: Item) -> Iterator[Diagnostic]:
    if item.is_open:
        return
    related = (Related("it comes after this", record.path, before.span_in(record)),)
    if before.is_open:
        message = (
            f"{called(item)} is {item.state}, and {called(before)} before it is {before.state}"
        )
        yield _at(record, item, message, "say what was done, or do the other first", related)
        return
    moment = item.kind.times[-1] if item.kind.times else ""
    mine, its = item.value(moment), before.value(moment)
    if mine and its and is_before(mine, its):
        message = f"{called(item)} was done at {mine}, before {called(before)} ({its})"
        yield _at(record, item, message, "write the moments as they were", related)


def _misstated(
    record: Record, kind: ItemType, stack: Stack, by_name: dict[str, Item]
) -> Iterator[Diagnostic]:
    """What the stated order names that isn't there, and what it puts too early."""
    stated = record.metadata.get(kind.ordered_in) if kind.ordered_in is not None else None
    passed: set[str] = set()
    for number, said in enumerate(stated if isinstance(stated, list) else ()):
        assert kind.ordered_in is not None
        name, path = plain_name(str(said)), (kind.ordered_in, number)
        passed.add(name)
        if name not in by_name:
            message = (
                f"`{kind.ordered_in}` names {said!r}, which is none of the {kind.plural.lower()}"
            )
            yield RULE.at_key(record, path, message)
            continue
        for before in stack.after.get(name, ()):
            if before not in passed:
                other = by_name[before]
                message = (
                    f"`{kind.ordered_in}` puts {said!r} before {other.name!r}, which it comes after"
                )
                hint = f"an order that can be: {', '.join(item.name for item in stack.order)}"
                yield RULE.at_key(record, path, message, hint=hint)


def _at(
    record: Record, item: Item, message: str, hint: str, related: tuple[Related, ...] = ()
) -> Diagnostic:
    place = item.extent_in(record, item.kind.after)
    return RULE.at_offsets(record, *place, message, hint=hint, related=related)
