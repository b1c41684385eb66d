"""A section says that it is unchanged, and it isn't what the record before has.

## What it does

Holds every section whose heading ends in `(unchanged)`, or `(unchanged from prior sessions)` and
the like, against the section of that name in the record's `previous`, or in the nearest record
before it that has one. White space doesn't count. It takes no git, for both records are there.

## Why

Whoever knows the last handoff skips what is called unchanged. Just there a change does harm.

## Bad

```markdown handoffs/HANDOFF-2026-04-18.md
---
id: HANDOFF-2026-04-18
title: Handoff of 2026-04-18
date: 2026-04-18
---

# Handoff of 2026-04-18

## Connection info

| Component | How to connect |
|---|---|
| GitLab admin PAT | Vault `secret/ge/gitlab-pat` v2 |
```

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
previous: HANDOFF-2026-04-18
---

# Handoff of 2026-04-21

## Connection info (unchanged from prior sessions)

| Component | How to connect |
|---|---|
| GitLab admin PAT | Vault `secret/ge/gitlab-pat` v3 |
```

## Good

```markdown handoffs/HANDOFF-2026-04-18.md
---
id: HANDOFF-2026-04-18
title: Handoff of 2026-04-18
date: 2026-04-18
---

# Handoff of 2026-04-18

## Connection info

| Component | How to connect |
|---|---|
| GitLab admin PAT | Vault `secret/ge/gitlab-pat` v2 |
```

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
previous: HANDOFF-2026-04-18
---

# Handoff of 2026-04-21

## Connection info (unchanged from prior sessions)

| Component        | How to connect                  |
|------------------|---------------------------------|
| GitLab admin PAT | Vault `secret/ge/gitlab-pat` v2 |
```

## Fix

Leave `(unchanged)` out and say what has changed, or restore the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from msgspec.structs import replace

from govkb.counting import counted
from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.rules.named_parts import Line, Part, parts_of, unchanged_parts
from govkb.rules.predecessors import followings
from govkb.rules.rule import Rule

RULE = Rule("APP021", "changed-unchanged-section", Severity.ERROR)

_HINT = "restore the text, or leave `(unchanged)` out and say what has changed"


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every section that is called unchanged wrongly."""
    before = {record.id: previous for record, previous in followings(base)}
    for record_id in before:
        record = base.records_by_id[record_id]
        for part in unchanged_parts(record):
            yield from _compared(record, part, before)


def _compared(record: Record, part: Part, before: Mapping[str, Record]) -> Iterator[Diagnostic]:
    found = _nearest(record, part.name, before)
    if found is None:
        message = f'"{part.name}" is called unchanged, and no record before {record.id} has it'
        hint = "leave `(unchanged)` out"
        yield RULE.at_offsets(record, part.heading.start, part.heading.end - 1, message, hint=hint)
        return
    previous, old = found
    then, now = old.lines, part.lines
    if _words(then) != _words(now):
        yield _differing(part, previous, old, _first_difference(then, now))


def _first_difference(then: list[Line], now: list[Line]) -> tuple[list[Line], list[Line]]:
    texts = [line.words for line in then], [line.words for line in now]
    opcodes = SequenceMatcher(None, *texts, autojunk=False).get_opcodes()
    _, a, b, c, d = next(code for code in opcodes if code[0] != "equal")
    return then[a:b], now[c:d]


def _differing(
    part: Part, previous: Record, old: Part, difference: tuple[list[Line], list[Line]]
) -> Diagnostic:
    then, now = difference
    what = counted(len(then or now), "line")
    does = (
        "differs from" if then and now else f"lacks {what} of" if then else f"has {what} more than"
    )
    message = f'"{part.name}" is called unchanged, and it {does} that of {previous.id}'
    span = previous.source.span(old.heading.start, old.heading.end - 1)
    related = (Related(f"{previous.id} has it here", previous.path, span),)
    start, end = (now[0].start, now[-1].end) if now else (part.heading.start, part.heading.end - 1)
    found = RULE.at_offsets(part.record, start, end, message, hint=_HINT, related=related)
    return replace(found, old=_text(then), new=_text(now))


def _text(lines: list[Line]) -> str | None:
    return "\n".join(line.text for line in lines) or None


def _words(lines: list[Line]) -> list[str]:
    return [word for line in lines for word in line.words]


def _nearest(record: Record, name: str, before: Mapping[str, Record]) -> tuple[Record, Part] | None:
    """The nearest record before one that has a section of this name, and the section."""
    seen = {record.id}
    while record.id in before and before[record.id].id not in seen:
        record = before[record.id]
        seen.add(record.id)
        for part in parts_of(record):
            if part.name.casefold() == name.casefold():
                return record, part
    return None
