"""An open item of the record before is neither carried forward nor closed.

## What it does

Holds sections that are `carry_forward` against those of the record's `previous`: each item that was
open there is here again, in the same words or nearly so, or it is closed here. To close it, tick it
(`- [x] …`), strike it out with a reference after it (`~~…~~ INC-20260418-B`), or name its first
words, those before the first colon or dash, beside a reference to a record or a merge request.
It takes no git, for both records are there.

## Why

What was meant to be done next is forgotten without a decision when the list is written anew.

## Bad

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
---

# Handoff of 2026-04-21

## Carry-forward flags

- **Health sweep v2:** probe from the consumer's side whether tokens are valid.
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

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
---

# Handoff of 2026-04-21

## Carry-forward flags

- **Health sweep v2:** probe from the consumer's side whether tokens are valid.
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

## Landed

- Health sweep v2 is in place, `!41`.

## Carry-forward flags

- **Bunny Edge Storage:** a second destination for backups.
```

## Fix

Copy the item, or say what became of it with the record or the merge request that did it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.rules.entries import quoted
from govkb.rules.items import (
    Item,
    closes,
    has_reference,
    is_item_again,
    items_in,
    statements_in,
)
from govkb.rules.predecessors import followings, sections_that, texts_of
from govkb.rules.rule import Rule

# Comparing every item with every statement takes the product of their numbers.
_MOST_PAIRS = 10_000

RULE = Rule("APP020", "dropped-carry-forward", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every open item of the record before that the next one doesn't speak of."""
    for record, previous in followings(base):
        for section in sections_that("carry_forward", record):
            if not _has_every_line(record.source.data, texts_of(previous, section)):
                items = [item for item in items_in(previous, section.name) if item.is_open]
                for item in _unaccounted(items, record, base):
                    yield _dropped(item, record, previous, section.name)
            record.text.release()
            previous.text.release()


def _has_every_line(data: bytes, part: bytes) -> bool:
    lines = set(data.splitlines())
    return all(line in lines for line in part.splitlines() if line.strip())


def _unaccounted(items: list[Item], record: Record, base: KnowledgeBase) -> list[Item]:
    """The items that a record neither has again nor closes."""
    statements = list(statements_in(record))
    texts = {statement.text for statement in statements}
    left = [item for item in items if item.text not in texts]
    if len(left) * len(statements) <= _MOST_PAIRS:
        left = [i for i in left if not any(is_item_again(i, other) for other in statements)]
    cited = (
        []
        if not left
        else [
            citation.start
            for citation, resolution, *_ in base.graph.citations
            if citation.record is record
            and not citation.is_declared
            and resolution.record is not None
        ]
    )
    closing = [s for s in statements if has_reference(s, cited)]
    return [item for item in left if not any(closes(item, other) for other in closing)]


def _dropped(item: Item, record: Record, previous: Record, section: str) -> Diagnostic:
    message = f'"{section}" of {previous.id} has what {record.id} drops: {quoted(item.text)}'
    hint = f'carry it on, or close it: tick it, or name "{item.lead}" beside a reference'
    span = previous.source.span(item.start, item.end)
    related = (Related(f"{previous.id} has it here", previous.path, span),)
    names = record.type.headings_of(section) if record.type is not None else frozenset()
    for found in record.outline.sections():
        if found.name.casefold() in names:
            start, end = found.heading.start, found.heading.end - 1
            return RULE.at_offsets(record, start, end, message, hint=hint, related=related)
    found_at = RULE.at_file(record.path, message, hint=hint, related=related)
    return replace(found_at, record=record.id)
