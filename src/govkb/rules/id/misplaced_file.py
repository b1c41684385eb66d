"""A record is not where its type and id say.

## What it does

Compares the path of a record with the paths that its type declares.

## Why

People find records by folder and file name first. A file name with another id than the record's
sends them astray.

## Bad

```markdown incidents/zero-backups.md
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

Move the file to the path that the hint names. References go by id and stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.record_types import RecordType
from govkb.record_types.id_patterns import slugify
from govkb.rules.rule import Rule

RULE = Rule("ID003", "misplaced-file", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """The file, where it stands at none of the type's paths; a sidecar stands where it must."""
    if record.type is None or not record.tokens or record.sidecar:
        return
    if record.type.has_path(record.id, _with_small_extension(record.place)):
        return
    message = f"{record.id} does not belong at {record.place!r}"
    yield RULE.at_key(record, ("id",), message, hint=_hint(record, record.type, terms))


def _with_small_extension(place: str) -> str:
    """The path without what another rule says about it."""
    stem, dot, extension = place.rpartition(".")
    return f"{stem}{dot}{extension.lower()}"


def _hint(record: Record, record_type: RecordType, terms: Terms) -> str:
    """Where it belongs: in its own folder if the type has records there."""
    form = next(form for form in record_type.all_forms if form.id.match(record.id))
    folder = record.place.rpartition("/")[0]
    tokens = {
        **record.tokens,
        "id": record.id,
        "slug": record.tokens.get("slug") or slugify(record.title),
        "folders": f"{folder}/" if folder else "",
    }
    places = [path.fill(tokens) for path in form.paths]
    beside = [place for place in places if place.rpartition("/")[0] == folder]
    return f"move it to {terms.config.folders.path((beside or places)[0])}"
