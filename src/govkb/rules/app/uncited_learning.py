"""An entry cites no record, and its type says that it must.

## What it does

Looks at sections whose type says `cites: true`: each of their items and rows, or of their
paragraphs where there are none, names a record that is there, other than its own. Tickets and merge
requests alone don't count. No type that comes with govkb asks for it.

## Why

A lesson that leads back to what happened can be checked, and whoever doubts it can read the story.

## Bad

```yaml ../templates/lesson/type.yaml
type: lesson
label: Lesson
purpose: What one day has taught.
id: "LESSONS-{date:%Y-%m-%d}"
path: "lessons/{id}.md"
status: {initial: open, open: []}
sections:
  Learnings: {append_only: true, cites: true}
```

```markdown lessons/LESSONS-2026-04-21.md
---
id: LESSONS-2026-04-21
title: Lessons of the marathon
---

# Lessons of the marathon

## Learnings

- Stacked merge requests are merged parent first, as `!28` before `!32`.
```

## Good

```yaml ../templates/lesson/type.yaml
type: lesson
label: Lesson
purpose: What one day has taught.
id: "LESSONS-{date:%Y-%m-%d}"
path: "lessons/{id}.md"
status: {initial: open, open: []}
sections:
  Learnings: {append_only: true, cites: true}
```

```markdown lessons/LESSONS-2026-04-21.md
---
id: LESSONS-2026-04-21
title: Lessons of the marathon
---

# Lessons of the marathon

## Learnings

- Default-enabled is not actually enabled: a cronjob fails silently. INC-20260418-B.
```

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

Name the incident, the decision or the finding that taught it. Where there is none, write it first.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import Entry, entries_of
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.rules.entries import quoted
from govkb.rules.rule import Rule

RULE = Rule("APP018", "uncited-learning", Severity.WARNING)

_HINT = "name the record that taught it; tickets and merge requests alone don't count"


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every entry that should cite a record and doesn't."""
    citing = {
        of.name: names
        for of in base.catalogue.types.values()
        if (names := [s.name for s in of.sections.values() if s.cites])
    }
    cited = _places_of_citations(base, citing) if citing else {}
    for record in base.records if citing else ():
        for name in citing.get(record.type.name, ()) if record.type is not None else ():
            for entry in _statements(entries_of(record, name)):
                block = entry.block
                places = cited.get(record.path, ())
                if not any(block.start <= place < block.end for place in places):
                    message = f'an entry of "{name}" cites no record: {quoted(entry.text)}'
                    yield RULE.at_offsets(record, block.start, block.end, message, hint=_HINT)


def _statements(entries: list[Entry]) -> Iterator[Entry]:
    """Entries that say something by themselves: where there is a list, what leads to it doesn't."""
    kinds = {entry.block.kind for entry in entries}
    wanted = ("item", "table-row") if kinds & {"item", "table-row"} else ("paragraph",)
    return (e for e in entries if e.block.kind in wanted and e.tombstone_for is None)


def _places_of_citations(base: KnowledgeBase, citing: dict[str, list[str]]) -> dict[str, list[int]]:
    """Where each record of a citing type names another record, by its path."""
    places: dict[str, list[int]] = {}
    for citation, resolution, *_ in base.graph.citations:
        record: Record = citation.record
        if record.type is None or record.type.name not in citing or citation.is_declared:
            continue
        if resolution.record is not None and resolution.record.id != record.id:
            places.setdefault(record.path, []).append(citation.start)
    return places
