"""The body of a frozen record was changed.

## What it does

Compares the bodies of records with those of the base (`govkb check --base REF`) where the base's
type says `frozen_after`: once a record has that status there, or one that only comes after it,
its text may not change. The frontmatter may, and so may append-only sections, which can be added
to: amendments go there. Blanks, line breaks, list markers and Unicode form don't count.

## Why

What was decided is what was written when it was decided. Whoever ratified it has read that text
and no other.

## Bad

```markdown base:session-captures/2026-04-21-backups.md
---
id: 2026-04-21-backups
title: Backups
status: closed
---

# Backups

## Scope

The backup job.

## Work summary

The upload was mended.
```

```markdown session-captures/2026-04-21-backups.md
---
id: 2026-04-21-backups
title: Backups
status: closed
---

# Backups

## Scope

The backup job and the restore.

## Work summary

The upload was mended.
```

## Good

```markdown base:session-captures/2026-04-21-backups.md
---
id: 2026-04-21-backups
title: Backups
status: closed
---

# Backups

## Scope

The backup job.

## Work summary

The upload was mended.
```

```markdown session-captures/2026-04-21-backups.md
---
id: 2026-04-21-backups
title: Backups
status: closed
---

# Backups

## Scope

The backup job.

## Work summary

The upload was mended.

## Updates

### Update - 2026-04-21T17:53:00Z

The restore was tried too.

**Outstanding**

- Delete the scratch cluster.
```

## Fix

Restore the text. Write what has changed as an entry of an append-only section, or as a new record
that supersedes or amends this one.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import TextChange, first_change
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("APP005", "frozen-body", Severity.ERROR, needs_base=True)

_HINT = "restore it; amendments go to an append-only section or to a new record"


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record that was frozen in the base and doesn't read as it did."""
    frozen: dict[str, frozenset[str]] = {}
    for before in base.before.values():
        if before.type is None or before.type.frozen_after is None:
            continue
        if before.type.name not in frozen:
            frozen[before.type.name] = before.type.frozen_statuses
        if before.status in frozen[before.type.name]:
            after = base.now(before)
            if after is None:
                yield _gone(before, base)
            else:
                change = first_change(before, after, before.type.append_only_sections)
                if change is not None:
                    yield _changed(before, after, change)


def _gone(before: Record, base: KnowledgeBase) -> Diagnostic:
    unread = (result for result in base.results if result.record is None)
    is_there = any(before.id == r.claimed_id or before.path == r.path for r in unread)
    what = "can't be read any more" if is_there else "is gone"
    message = f"{before.id} {what}, and it was {before.status} already: its text may not change"
    hint = "restore it" if is_there else "restore it; give it another status instead"
    return replace(RULE.at_file(before.path, message, hint=hint), record=before.id)


def _changed(before: Record, after: Record, change: TextChange) -> Diagnostic:
    message = f"{before.id} was {before.status} already, so that its text may not change"
    found = RULE.at_offsets(after, change.start, change.end, message, hint=_HINT)
    return replace(found, old=change.old or None, new=change.new or None)
