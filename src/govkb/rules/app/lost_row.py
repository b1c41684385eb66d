"""A data file has lost a row, or a row in it was changed.

## What it does

Compares the files that `data_files` names in the settings of the base with those of the base
(`govkb check --base REF`), row by row: the header has to stay, every row has to be there still, in
its order and unchanged, and new rows stand after all of them. How a row is written doesn't count:
quotes around a cell, the order of keys in JSON, `1.0` for `1`, line ends and Unicode form. Of a
file with more than twenty faults the first twenty are shown. A file may be renamed where
`data_files` names the new one.

## Why

A job that writes a stale copy over such a file takes away what others have added to it since, and
nobody sees it: the file is there, and it is well-formed.

## Bad

```toml base:../govkb.toml
[[data_files]]
path = "metrics/build_timings.csv"
```

```csv base:../metrics/build_timings.csv
date,environment,step,seconds
2025-12-28,development,bootstrap,1140
2025-12-30,development,teardown,412
2026-01-16,development,teardown,431
2026-01-17,development,teardown,398
```

```csv ../metrics/build_timings.csv
date,environment,step,seconds
2025-12-28,development,bootstrap,1140
2025-12-30,development,teardown,412
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

```toml base:../govkb.toml
[[data_files]]
path = "metrics/build_timings.csv"
```

```csv base:../metrics/build_timings.csv
date,environment,step,seconds
2025-12-28,development,bootstrap,1140
2025-12-30,development,teardown,412
```

```csv ../metrics/build_timings.csv
date,environment,step,seconds
2025-12-28,development,bootstrap,1140
2025-12-30,development,teardown,412
2026-01-16,development,teardown,431
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

Restore the rows: take the file as it is in the base, and add the new rows at its end. A row that
was wrong is answered by a new one.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.history import DataFile
from govkb.history.row_changes import RowChange, RowChangeKind
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.data_files import first_of, quoted, span_of_line, whole
from govkb.rules.rule import Rule

RULE = Rule("APP014", "lost-row", Severity.ERROR, needs_base=True)

_SAYINGS = {
    RowChangeKind.HEADER: "the header has been changed; in the base it is {row}",
    RowChangeKind.LOST: "the row in line {line} of the base is gone: {row}",
    RowChangeKind.CHANGED: "the row in line {line} of the base has been changed: {row}",
    RowChangeKind.MOVED: "the row in line {line} of the base has changed places: {row}",
    RowChangeKind.INSERTED: "a new row stands before older ones: {row}",
}
_HINTS = {
    RowChangeKind.HEADER: "restore it: the columns stay as they are",
    RowChangeKind.LOST: "restore it",
    RowChangeKind.CHANGED: "restore it, and add a new row that corrects it",
    RowChangeKind.MOVED: "restore the order: new rows go to the end",
    RowChangeKind.INSERTED: "move it to the end of the file",
}


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """What was lost of every data file since the base."""
    for file in base.data_files if base.past is not None else ():
        if file.before is not None and not file.has_moved(base.data_files):
            found = [_lost(file, change) for change in file.changes()]
            yield from first_of(found, "rows of this file are not as they were")


def _lost(file: DataFile, change: RowChange) -> Diagnostic:
    row = quoted(change.old or change.new or "")
    is_bare = change.kind is RowChangeKind.HEADER and change.new is None
    saying = "the header is gone: {row}" if is_bare else _SAYINGS[change.kind]
    message = saying.format(row=row, line=change.line)
    is_elsewhere = change.kind in (RowChangeKind.MOVED, RowChangeKind.LOST)
    return replace(
        RULE.at_file(file.path, message, hint=_hint(file, change)),
        span=span_of_line(change.place) if file.now is not None else None,
        old=whole(change.old),
        new=None if is_elsewhere else whole(change.new),
    )


def _hint(file: DataFile, change: RowChange) -> str:
    if file.now is None:
        return "the whole file is gone: restore it; where it was renamed, name it in `data_files`"
    hint = _HINTS[change.kind]
    if change.kind is RowChangeKind.LOST and change.place:
        return f"{hint}: it stood after what is line {change.place} now"
    return hint
