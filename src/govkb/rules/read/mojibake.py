"""Text was misread as Windows-1252 and saved again.

## What it does

Reports text such as `â€™` where `’` was, `â†’` where `→` was, or `Ã©` where `é` was: UTF-8 that
some program took for Windows-1252. Code is no exception, because a misreading takes all of a file.
Text that is marked as quoted word for word is one:

    <!-- govkb: verbatim -->
    The mail came as "Itâ€™s done".
    <!-- govkb: end verbatim -->

## Why

Nobody can search for such text or copy it, readers stumble over it, and the next program that gets
it wrong makes two characters of each of these.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory: commit â†’ deploy â†’ surprise.

## Rule

Donâ€™t classify before you have looked.
```

## Good

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory: commit → deploy → surprise.

## Rule

Don’t classify before you have looked.
```

## Fix

`govkb check --fix` gives back exactly the characters that were there. It leaves alone what can't be
told for certain, because a byte was dropped on the way, append-only sections and frozen bodies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govkb.diagnostics import Diagnostic, Edit, Fix, Severity
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult
from govkb.record_text.mojibake import Misreading, misreadings
from govkb.rules.comments import verbatim_parts
from govkb.rules.protected_text import reason_to_leave
from govkb.rules.rule import Rule

RULE = Rule("READ018", "mojibake", Severity.WARNING, fixable=True)

_SHOWN = 4


def check_file(result: ReadResult, terms: Terms) -> Iterator[Diagnostic]:
    """Every line with misread text."""
    data = result.source.data
    found = misreadings(data)
    if found and result.record is not None:
        found = _outside(data, found, verbatim_parts(result.record))
    for line in _by_line(data, found):
        yield _at_line(result, line)


def _by_line(data: bytes, runs: Iterable[Misreading]) -> Iterator[list[Misreading]]:
    line: list[Misreading] = []
    for run in runs:
        if line and data.find(b"\n", line[-1].end, run.start) >= 0:
            yield line
            line = []
        line.append(run)
    if line:
        yield line


def _outside(
    data: bytes, found: tuple[Misreading, ...], parts: tuple[tuple[int, int], ...]
) -> tuple[Misreading, ...]:
    """What is misread outside some parts, which then say nothing about the rest of the file."""
    rest = bytearray(data)
    for start, end in parts:
        rest[start:end] = b" " * (end - start)
    return misreadings(bytes(rest)) if parts else found


def _at_line(result: ReadResult, runs: list[Misreading]) -> Diagnostic:
    start, end = runs[0].start, runs[-1].end
    are = "is" if len({run.text for run in runs}) == 1 else "are"
    message = f"{_listed(run.text for run in runs)} {are} UTF-8 that was read as Windows-1252"
    hint, may_be_fixed = _what_to_do(result, runs)
    edits = tuple(Edit(r.start, r.end, r.repaired) for r in runs if r.repaired is not None)
    fix = Fix("put back what was misread", edits) if may_be_fixed and edits else None
    return RULE.at_source(result, start, end, message, hint=hint, fix=fix)


def _what_to_do(result: ReadResult, runs: list[Misreading]) -> tuple[str, bool]:
    """What to tell the author, and whether govkb may repair the line."""
    repaired = [run.repaired for run in runs if run.repaired is not None]
    if not repaired:
        return "a byte was lost, and nobody can tell which: write what was meant", False
    are_one = len(set(repaired)) == 1
    it, was = ("it", "it was") if are_one else ("them", "they were")
    was = f"{was} {_listed(repaired)}"
    record = result.record
    if record is None:
        return f"{was}; `govkb check --fix` puts {it} back once the file can be read", False
    reason = reason_to_leave(record, runs[0].start, runs[-1].end)
    if reason is not None:
        return f"{was}, but {reason}", False
    if len(repaired) < len(runs):
        return f"{was}, and something of which a byte was lost: write what was meant", True
    return f"{was}; `govkb check --fix` puts {it} back", True


def _listed(texts: Iterable[str]) -> str:
    """The different texts, quoted; only the first few of many."""
    different = [repr(text) for text in dict.fromkeys(texts)]
    if len(different) > _SHOWN:
        different[_SHOWN:] = [f"{len(different) - _SHOWN} more"]
    *others, last = different
    return f"{', '.join(others)} and {last}" if others else last
