"""An open item was carried from record to record more often than its section allows.

## What it does

Counts, for each open item of the newest record of a chain, through how many of the records before
it was handed on without a break. More than the section's `carried_at_most` is too often. Only the
newest record is told of it: there somebody can still decide.

## Why

What is copied from list to list for weeks is neither planned nor given up, and hides what is.

## Bad

```markdown handoffs/HANDOFF-2026-04-18.md
---
id: HANDOFF-2026-04-18
title: Handoff of 2026-04-18
date: 2026-04-18
---

# Handoff of 2026-04-18

## Carry-forward flags

- **Bunny Edge Storage:** a second destination for backups.
```

```markdown handoffs/HANDOFF-2026-04-19.md
---
id: HANDOFF-2026-04-19
title: Handoff of 2026-04-19
date: 2026-04-19
previous: HANDOFF-2026-04-18
---

# Handoff of 2026-04-19

## Carry-forward flags

- **Bunny Edge Storage:** a second destination for backups.
```

```markdown handoffs/HANDOFF-2026-04-20.md
---
id: HANDOFF-2026-04-20
title: Handoff of 2026-04-20
date: 2026-04-20
previous: HANDOFF-2026-04-19
---

# Handoff of 2026-04-20

## Carry-forward flags

- **Bunny Edge Storage:** a second destination for backups.
```

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
previous: HANDOFF-2026-04-20
---

# Handoff of 2026-04-21

## Carry-forward flags

- **Bunny Edge Storage:** a second destination for backups.
```

```markdown handoffs/HANDOFF-2026-04-22.md
---
id: HANDOFF-2026-04-22
title: Handoff of 2026-04-22
date: 2026-04-22
previous: HANDOFF-2026-04-21
---

# Handoff of 2026-04-22

## Carry-forward flags

- **Bunny Edge Storage:** a second destination for backups.
```

## Good

```markdown handoffs/HANDOFF-2026-04-18.md
---
id: HANDOFF-2026-04-18
title: Handoff of 2026-04-18
date: 2026-04-18
---

# Handoff of 2026-04-18

## Carry-forward flags

- **Bunny Edge Storage:** a second destination for backups.
```

```markdown handoffs/HANDOFF-2026-04-19.md
---
id: HANDOFF-2026-04-19
title: Handoff of 2026-04-19
date: 2026-04-19
previous: HANDOFF-2026-04-18
---

# Handoff of 2026-04-19

## Carry-forward flags

- **Bunny Edge Storage:** a second destination for backups.
```

```markdown handoffs/HANDOFF-2026-04-20.md
---
id: HANDOFF-2026-04-20
title: Handoff of 2026-04-20
date: 2026-04-20
previous: HANDOFF-2026-04-19
---

# Handoff of 2026-04-20

## Carry-forward flags

- **Bunny Edge Storage:** a second destination for backups.
```

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
previous: HANDOFF-2026-04-20
---

# Handoff of 2026-04-21

## Carry-forward flags

- **Bunny Edge Storage:** a second destination for backups.
```

```markdown handoffs/HANDOFF-2026-04-22.md
---
id: HANDOFF-2026-04-22
title: Handoff of 2026-04-22
date: 2026-04-22
previous: HANDOFF-2026-04-21
---

# Handoff of 2026-04-22

## Carry-forward flags

- ~~**Bunny Edge Storage:** a second destination for backups.~~ `!41`
```

## Fix

Do it, give it a record of its own, or close it with a reference to where that was decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.rules.entries import quoted
from govkb.rules.items import Item, is_item_again, items_in
from govkb.rules.predecessors import followings, sections_that
from govkb.rules.rule import Rule

RULE = Rule("APP024", "carried-too-often", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every open item of the newest records that has been handed on too often."""
    before = {record.id: previous for record, previous in followings(base)}
    followed = {previous.id for previous in before.values()}
    for record_id in sorted(before.keys() - followed):
        record = base.records_by_id[record_id]
        for section in sections_that("carried_at_most", record):
            most = section.carried_at_most or 0
            for item in _open_items(record, section.name):
                chain = _carried(item, record, section.name, before)
                if len(chain) > most:
                    yield _too_often(item, record, section.name, chain, most)


def _open_items(record: Record, section: str) -> list[Item]:
    return [item for item in items_in(record, section) if item.is_open]


def _carried(
    item: Item, record: Record, section: str, before: Mapping[str, Record]
) -> list[tuple[Record, Item]]:
    """The records before that had the item, the nearest first, with their words for it."""
    chain: list[tuple[Record, Item]] = []
    passed = {record.id}
    while record.id in before and before[record.id].id not in passed:
        record = before[record.id]
        passed.add(record.id)
        had = next((i for i in _open_items(record, section) if is_item_again(i, item)), None)
        record.text.release()
        if had is None:
            break
        chain.append((record, had))
        item = had
    return chain


def _too_often(
    item: Item, record: Record, section: str, chain: list[tuple[Record, Item]], most: int
) -> Diagnostic:
    first, had = chain[-1]
    message = (
        f'"{section}" carries {quoted(item.text)} on for the {_ordinal(len(chain))} time; '
        f"after {most} somebody should decide"
    )
    related = (Related("it began here", first.path, first.source.span(had.start, had.end)),)
    hint = "do it, or close it: tick it, or name it beside a reference"
    return RULE.at_offsets(record, item.start, item.end, message, hint=hint, related=related)


def _ordinal(number: int) -> str:
    ending = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"
