"""A table that lists records says another status than the record.

## What it does

Looks at the tables of pages that list records: READMEs, and files whose name is `index` or ends
with it (`01_adr_index.md`). Where a table has a column *Status*, each row whose first or second
other cell names one record, by a link or by its id, is compared with the status that this record
states. READMEs without frontmatter are looked at too, as long as they are in the records folder.
As with STATE006 letter case, emphasis, signs and remarks don't count, and neither does a word that
is no status of the record's type.

## Why

The index is what people read first. One that still says *proposed* hides a decision from those who
have to follow it.

## Bad

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/README.md
# Decisions

| Decision | Status |
|----------|--------|
| [Spot-check three commits](DEC-20260421-spot-check.md) | Proposed |
```

## Good

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/README.md
# Decisions

| Decision | Status |
|----------|--------|
| [Spot-check three commits](DEC-20260421-spot-check.md) | Accepted (2026-04-21) |
```

## Fix

Correct the row, or the record. Better still, leave the column out: the site lists every record
with its status.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.graph.mentions import is_relative
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import ReadResult, Record
from govkb.rules.rule import Rule
from govkb.rules.status_tables import StatusRow, status_rows
from govkb.rules.statuses import Said, quoted, status_in, written_status

RULE = Rule("STATE013", "contradicting-index", Severity.WARNING)

_INDEX = re.compile(r"readme|(?:.*[-_ ])?index", re.IGNORECASE)
_LINK = re.compile(r"\[[^\]]*\]\(<?(?P<target>[^)\s>]+)")
_MARKUP = re.compile(r"[*`]")
_NAMING_CELLS = 2


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every row of an index that says another status than the record that it names."""
    for page in (*base.pages, *_indexes(base)):
        for row in status_rows(page):
            record = _named(row, page, base)
            said = _said(row, record) if record is not None else None
            if record is not None and said is not None:
                yield _fault(page, row, record, said)


def _indexes(base: KnowledgeBase) -> list[ReadResult]:
    """The records that are indexes by their file's name, if their text names any record."""
    results = [
        result
        for result in base.results
        if result.record is not None and _INDEX.fullmatch(result.record.stem)
    ]
    wanted = {result.path for result in results}
    citing = {
        found.citation.record.path
        for found in (base.graph.citations if wanted else ())
        if not found.citation.is_declared and found.citation.record.path in wanted
    }
    return [result for result in results if result.path in citing]


def _named(row: StatusRow, page: ReadResult, base: KnowledgeBase) -> Record | None:
    """The record that a row is about; None where its first cells name none, or several."""
    for cell in row.others[:_NAMING_CELLS]:
        links = [link["target"] for link in _LINK.finditer(cell)]
        found = [_linked(target, page, base) for target in links if is_relative(target)]
        if not links:
            text = _MARKUP.sub("", cell)
            names = base.graph.mentions.find(text)
            found = [base.graph.resolver.resolve_name(name.text).record for name in names]
        if found:
            return found[0] if all(record is found[0] for record in found) else None
    return None


def _linked(target: str, page: ReadResult, base: KnowledgeBase) -> Record | None:
    """The record that a link of the page opens."""
    head = unquote(target.partition("#")[0].partition("?")[0])
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), head))
    records = base.graph.resolver.names.by_path.get(path, ())
    return records[0] if len(records) == 1 and records[0].path == path else None


def _said(row: StatusRow, record: Record) -> Said | None:
    """The status in the row where it is another than the one that the record states."""
    if record.type is None or record.type.statuses.is_free or record.status is None:
        return None
    if not (record.metadata.get("status") or record.effective.get("status")):
        return None
    said = status_in(row.status, record.type.statuses)
    return said if said is not None and said.status != record.status else None


def _fault(page: ReadResult, row: StatusRow, record: Record, said: Said) -> Diagnostic:
    text = quoted(said.word, said.status)
    name = record.id or record.path
    message = f"the table has {name} as {text}; the record says {written_status(record)}"
    related = Related("the status", record.path, record.span_of(("status",), value=True))
    hint = "correct the row, or the record; without the column nothing can differ"
    return RULE.at_source(page, row.start, row.end, message, hint=hint, related=(related,))
