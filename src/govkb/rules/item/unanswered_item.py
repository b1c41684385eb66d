"""A round leaves something of the last one unanswered.

## What it does

Follows a finished record to the one before it (for reviews: `previous_round`) and looks for an
answer to each of its open items. An answer has the item's short name, or nearly its words. What was
waived needs none.

## Why

A review that approves with nine of ten points answered hasn't approved the tenth; it has forgotten
it.

## Bad

```markdown reviews/review-1064-2026-04-20.md
---
id: review-1064-2026-04-20
title: Scope review of 1064
status: completed
round: 1
verdict: needs-refinement
---

# Scope review of 1064

## Summary

The scope is right, two things are not.

## Required fixes

- R1: The story key doesn't exist.
- R2: The phase doesn't exist.
```

```markdown reviews/review-1064-2026-04-20-r2.md
---
id: review-1064-2026-04-20-r2
title: Scope review of 1064, second round
status: completed
round: 2
verdict: approved
previous_round: review-1064-2026-04-20
---

# Scope review of 1064, second round

## Summary

All is well.

## Resolved items

- R1: The story key is now `story:superuser-deploy`.
```

## Good

```markdown reviews/review-1064-2026-04-20.md
---
id: review-1064-2026-04-20
title: Scope review of 1064
status: completed
round: 1
verdict: needs-refinement
---

# Scope review of 1064

## Summary

The scope is right, two things are not.

## Required fixes

- R1: The story key doesn't exist.
- R2: The phase doesn't exist.
```

```markdown reviews/review-1064-2026-04-20-r2.md
---
id: review-1064-2026-04-20-r2
title: Scope review of 1064, second round
status: completed
round: 2
verdict: approved
previous_round: review-1064-2026-04-20
---

# Scope review of 1064, second round

## Summary

All is well.

## Resolved items

- R1: The story key is now `story:superuser-deploy`.
- R2: The phase is now the one with number 28.
```

## Fix

Answer it by its name, or withdraw it where it was raised.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.items import answered_names, leads_back
from govkb.reading import Record
from govkb.reading.items import items_of, plain_name
from govkb.reading.waivers import is_settled
from govkb.record_types.items import ItemType
from govkb.rules.entries import quoted
from govkb.rules.kinds_of_items import called
from govkb.rules.rule import Rule

RULE = Rule("ITEM010", "unanswered-item", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every open item of a record that the one after it doesn't answer."""
    for record in base.records:
        for kind in record.type.items.values() if record.type is not None else ():
            if kind.answers is not None and record.is_done:
                for edge in base.graph.outgoing.get(record.id, ()):
                    if leads_back(edge, kind, base):
                        yield from _unanswered(record, base.records_by_id[edge.target], kind)


def _unanswered(record: Record, before: Record, kind: ItemType) -> Iterator[Diagnostic]:
    names = answered_names(record, before, kind)
    for item in items_of(before, kind.answers):
        if is_settled(item, before) or plain_name(item.name) in names:
            continue
        message = f"{called(item)} of {before.id} has no answer: {quoted(item.text)}"
        related = (Related("it was raised here", before.path, item.span_in(before)),)
        hint = f'answer it in the section "{kind.sections[0]}"' if kind.sections else None
        key = ("verdict",) if "verdict" in record.metadata else ("title",)
        yield RULE.at_key(record, key, message, hint=hint, related=related)
