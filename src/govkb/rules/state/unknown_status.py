"""A status is not one of the type's.

## What it does

Reports statuses that the type's status machine does not have. A synonym that the type declares is
known; another letter case, an emoji or a remark in brackets makes it another word. What may be
meant is suggested, and never taken for it.

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

Choose one of the statuses in the message, or declare the word as a synonym: `synonyms: {Accepted:
ratified}`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.record_types import StatusMachine
from govkb.rules.rule import Rule

RULE = Rule("STATE001", "unknown-status", Severity.ERROR)

_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W_]+")


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """The status, where the type doesn't know it. One that isn't text is a field's fault."""
    written = record.metadata.get("status")
    if record.type is None or not isinstance(written, str) or record.status is not None:
        return
    machine = record.type.statuses
    if not machine.is_free:
        message = f"{record.type.plural.lower()} have no status {written!r}"
        yield RULE.at_key(record, ("status",), message, hint=_hint(written, machine))


def _hint(written: str, machine: StatusMachine) -> str:
    """What may be meant, what there is, and which other words stand for it."""
    near = _meant(written, machine)
    own = f" (for {machine.synonyms[near]!r})" if near and near in machine.synonyms else ""
    suggestion = f"did you mean {near!r}{own}? " if near else ""
    other = [f"{s} for {name}" for s, name in machine.synonyms.items() if _plain(s) != _plain(name)]
    also = f"; also {', '.join(other)}" if other else ""
    return f"{suggestion}known: {', '.join(machine.names)}{also}"


def _meant(written: str, machine: StatusMachine) -> str | None:
    """The name that is the same but for its looks, else the one most like it, if any is."""
    known = {_plain(name): name for name in (*machine.synonyms, *machine.names)}
    plain = _plain(written)
    if plain in known:
        return known[plain]
    near = next((name for name in known if plain.startswith(f"{name}-")), None)
    near = near or next(iter(difflib.get_close_matches(plain, known, 1)), None)
    return known[near] if near else None


def _plain(status: str) -> str:
    """The words of a status, without letter case, remarks and signs."""
    return "-".join(_WORD.findall(_REMARK.sub("", status).casefold()))
