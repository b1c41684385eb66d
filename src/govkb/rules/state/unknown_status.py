"""A status is not one of the type's.

## What it does

Reports statuses that the type's status machine does not have.

## Why

An unknown status is in no list: neither among the open ones nor among the closed ones.

## Bad

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
status: fixed
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
status: mitigated
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
```

## Fix

Choose one of the statuses in the message.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("STATE001", "unknown-status", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """The status, where the type doesn't know it. One that isn't text is a field's fault."""
    written = record.metadata.get("status")
    if record.type is None or not isinstance(written, str) or record.status is not None:
        return
    known = [*record.type.statuses.names, *record.type.statuses.synonyms]
    near = difflib.get_close_matches(written.lower(), known, 1)
    suggestion = f"did you mean {near[0]!r}? " if near else ""
    message = f"{record.type.plural.lower()} have no status {written!r}"
    hint = f"{suggestion}known: {', '.join(known)}"
    yield RULE.at_key(record, ("status",), message, hint=hint)
