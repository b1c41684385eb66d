"""The numbered headings of a section don't count up from 1.

## What it does

Looks at sections whose type says `counts: Amendment`: headings that begin with that word and a
number count up, `Amendment 1`, `Amendment 2` and so on. Evolutions ask for it in their amendments.

## Why

Amendments are cited by their number. One that is there twice can't be told from the other, and
where one is missing the reader looks for it in vain.

## Bad

```markdown evolutions/EVO-2026-0420-005-attribution-cutover.md
---
id: EVO-2026-0420-005
title: Attribution cutover
---

# Attribution cutover

## Motivation

Commits are attributed to the wrong role.

## Proposal

Split the two roles.

## Amendments

### Amendment 1: the executor keeps its token

It is still in use.

### Amendment 3: Abby signs

The commits are hers.
```

## Good

```markdown evolutions/EVO-2026-0420-005-attribution-cutover.md
---
id: EVO-2026-0420-005
title: Attribution cutover
---

# Attribution cutover

## Motivation

Commits are attributed to the wrong role.

## Proposal

Split the two roles.

## Amendments

### Amendment 1: the executor keeps its token

It is still in use.

### Amendment 2: Abby signs

The commits are hers.
```

## Fix

Give the newest heading the number after the one before it. Older ones stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("APP022", "miscounted-heading", Severity.WARNING)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every numbered heading that isn't one more than the one before it."""
    sections = record.type.sections.values() if record.type is not None else ()
    for section in sections:
        if section.counts is not None:
            yield from _miscounted(record, section.name, section.counts)


def _miscounted(record: Record, section: str, word: str) -> Iterator[Diagnostic]:
    assert record.type is not None
    numbered = re.compile(rf"{re.escape(word)} (?P<number>[0-9]{{1,9}})\b", re.IGNORECASE)
    names = record.type.headings_of(section)
    before = 0
    for found in record.outline.sections():
        if found.name.casefold() not in names:
            continue
        for heading in record.outline.headings[found.number + 1 : found.last]:
            number = numbered.match(heading.text)
            if number is None:
                continue
            if int(number["number"]) != before + 1:
                place = f"stands after {word} {before}" if before else "is the first one"
                message = f'{number[0]!r} of "{section}" {place}'
                hint = f"call it {word} {before + 1}"
                start, end = heading.start, heading.end - 1
                yield RULE.at_offsets(record, start, end, message, hint=hint)
            before = int(number["number"])
