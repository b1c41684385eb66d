"""A length of time begins nowhere.

## What it does

Reports a cadence such as `review_every: 90d`, or another length of time after which something is
due, where none of the fields from which it is counted says anything, and the record has no day of
its own.

## Why

It looks as though somebody would be reminded, and nobody ever is.

## Bad

```markdown documents/dns-of-the-zone.md
---
id: dns-of-the-zone
title: DNS of the zone
review_every: 90d
---

# DNS of the zone

So.
```

## Good

```markdown documents/dns-of-the-zone.md
---
id: dns-of-the-zone
title: DNS of the zone
review_every: 90d
last_reviewed: 2026-04-10
---

# DNS of the zone

So.
```

## Fix

Write down since when it counts: the day of the last review, or that of the record.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("DUE004", "unstarted-term", Severity.WARNING)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every length of time that isn't counted from anything."""
    if record.type is None or record.date:
        return
    shown = record.type.presentation
    for source in (*shown.due, *shown.review, *shown.expires):
        is_said = source.since and record.effective.get(source.field)
        if is_said and not any(record.effective.get(name) for name in source.since):
            said = record.effective[source.field]
            message = f"`{source.field}` is {said!r}, and nothing says since when"
            hint = f"add `{source.since[0]}: …`"
            yield RULE.at_key(record, (source.field,), message, hint=hint)
