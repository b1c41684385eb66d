"""A row of a data file can't be read, or doesn't fit the others.

## What it does

Reads the files that `data_files` names in the settings. Reports rows of CSV with more or fewer
cells than the header and quotes that aren't closed, lines of JSONL that are no JSON or hold a key
twice, bytes that are no UTF-8, what a merge has left, and files that can't be read at all.

## Why

Every program takes a broken row for something else: one leaves it out, one shifts its cells, one
stops. An open quote swallows all rows after it.

## Bad

```toml ../govkb.toml
[[data_files]]
path = "metrics/build_timings.csv"
```

```csv ../metrics/build_timings.csv
date,environment,step,seconds
2025-12-28,development,bootstrap,1140
2025-12-30,development,teardown
```

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Good

```toml ../govkb.toml
[[data_files]]
path = "metrics/build_timings.csv"
```

```csv ../metrics/build_timings.csv
date,environment,step,seconds
2025-12-28,development,bootstrap,1140
2025-12-30,development,"teardown, forced",412
```

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Fix

Write the row as the others are; put a cell with a comma, a quote or a line break in it between
quotes.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import DataFile
from govkb.history.rows import Row, Rows
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.data_files import first_of, quoted, span_of_line
from govkb.rules.rule import Rule

RULE = Rule("APP015", "misshapen-row", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every row of a data file that can't be read or has too many or too few cells."""
    for file in base.data_files:
        if file.unreadable is not None:
            message = f"the data file can't be read: {file.unreadable}"
            yield RULE.at_file(file.path, message, hint="make it a file that govkb may read")
        rows = file.rows()
        if rows is not None:
            faults = sorted(_faults(rows))
            found = [_misshapen(file, *fault) for fault in faults]
            yield from first_of(found, "rows of this file are misshapen")


def _faults(rows: Rows) -> Iterator[tuple[int, str, str]]:
    """The line of each misshapen row, what is wrong with it, and what to do."""
    for marker in rows.markers:
        mark = rows.text(marker)[:7]
        hint = "keep the rows of both sides and remove the markers"
        yield marker.line, f"the conflict marker '{mark}' is left from a merge", hint
    columns = len(rows.header.value) if rows.header and rows.header.value else None
    for row in (rows.header, *rows.rows):
        if row is not None and row.fault is not None:
            message = f"the row can't be read: {row.fault}: {quoted(rows.text(row))}"
            yield row.line, message, "write it as the others are"
        elif row is not None and columns is not None and len(row.value) != columns:
            yield (
                row.line,
                _miscounted(rows, row, columns),
                "give every column of the header a cell",
            )


def _miscounted(rows: Rows, row: Row, columns: int) -> str:
    number = len(row.value)
    cells = "1 cell" if number == 1 else f"{number} cells"
    return f"the row has {cells}, and the header has {columns}: {quoted(rows.text(row))}"


def _misshapen(file: DataFile, line: int, message: str, hint: str) -> Diagnostic:
    found = RULE.at_file(file.path, message, hint=hint)
    return replace(found, span=span_of_line(line))
