"""A letter is missing among those of a day.

## What it does

Lists the letters between the first and the last of a day that no record of the type has. Types
whose letters come from elsewhere, such as a decision's from the bullet of its brief, have no such
gaps.

## Why

The letters of a day are given in order, so a missing one may be a record that got lost. It may as
well be one that was withdrawn before anybody saw it, so this is only for your information.

## Bad

```markdown incidents/INC-20260418-A-zero-backups-for-74-days.md
---
id: INC-20260418-A
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

Nobody had looked.
```

```markdown incidents/INC-20260418-C-bucket-name-mismatch.md
---
id: INC-20260418-C
title: Bucket name mismatch
severity: high
detected: 2026-04-18
---

# Bucket name mismatch

## Summary

Nobody had looked.
```

## Good

```markdown incidents/INC-20260418-A-zero-backups-for-74-days.md
---
id: INC-20260418-A
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

Nobody had looked.
```

```markdown incidents/INC-20260418-B-bucket-name-mismatch.md
---
id: INC-20260418-B
title: Bucket name mismatch
severity: high
detected: 2026-04-18
---

# Bucket name mismatch

## Summary

Nobody had looked.
```

## Fix

Look into the history whether a record was lost. Otherwise there is nothing to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import ReadResult
from govkb.record_types import RecordType
from govkb.rules.rule import Rule

RULE = Rule("ID010", "letter-gap", Severity.INFO)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """One for each day of a type with gaps."""
    days: dict[tuple[str, str], dict[str, ReadResult]] = defaultdict(dict)
    for result in base.results:
        record_type, tokens = _type_and_tokens(result, base)
        if record_type is not None and _allocates_letters(record_type) and "letter" in tokens:
            day = days[record_type.name, tokens.get("date", "")]
            day.setdefault(tokens["letter"], result)
    for letters in days.values():
        if len(letters) > 1:
            yield from _gaps(letters)


def _type_and_tokens(
    result: ReadResult, base: KnowledgeBase
) -> tuple[RecordType | None, Mapping[str, str]]:
    """Also of a file that can't be read: its letter is not missing."""
    if result.record is not None:
        return result.record.type, result.record.tokens
    if result.claimed_id is None:
        return None, {}
    record_type = base.catalogue.type_of(None, result.place, result.claimed_id)
    return record_type, (record_type.match_id(result.claimed_id) or {}) if record_type else {}


def _allocates_letters(record_type: RecordType) -> bool:
    return "letter" not in record_type.agrees and record_type.letter_rule is None


def _gaps(letters: dict[str, ReadResult]) -> Iterator[Diagnostic]:
    first, last = min(letters), max(letters)
    missing = [c for c in map(chr, range(ord(first), ord(last))) if c not in letters]
    after = next((c for c in sorted(letters) if missing and c > missing[0]), None)
    record = letters[after].record if after is not None else None
    if record is None or record.type is None:
        return
    *others, end = missing
    listed = f"{', '.join(others)} and {end}" if others else end
    noun = "letters" if others else "letter"
    label, day = record.type.label.lower(), record.tokens.get("date", "its day")
    message = f"no {label} of {day} has the {noun} {listed}"
    hint = "look whether a record was lost; otherwise there is nothing to do"
    yield RULE.at_key(record, ("id",), message, hint=hint)
