"""An id does not have the form of its type.

## What it does

Reports ids that match none of the forms in the type's declaration, dates that no calendar has,
and characters that only look right, such as full-width digits.

## Why

An id is how everything else refers to a record, for years. One that sorts, matches and types
differently from the others is lost.

## Bad

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-2026-04-18-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
```

## Good

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
```

## Fix

Write the id as the message shows. `govkb new` allocates the next free one.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule
from govkb.strict_yaml import character_name

RULE = Rule("ID001", "malformed-id", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """The id, where it has none of the type's forms; sidecars of folders may have any."""
    if record.type is None or not record.id or record.tokens or record.sidecar == "folder":
        return
    if record.type.match_id(record.id) is not None:
        return
    label = record.type.plural.lower()
    message = f"{record.id!r} is no id for {label}"
    odd = [
        character_name(c) for c in dict.fromkeys(record.id) if not (c.isascii() and c.isprintable())
    ]
    if odd:
        message += f": it contains {', '.join(odd)}"
    examples = " or ".join(form.id.example for form in record.type.forms)
    yield RULE.at_key(record, ("id",), message, hint=f"ids of {label} look like {examples}")
