"""A later round is there, but not the one before it.

## What it does

Looks at types that have a form for later rounds, which is another form with a number after it:
`review-1064-2026-04-20` is the first round and `review-1064-2026-04-20-r2` the second. Reports a
round without the one before it. A round may have a later date than the one before.

## Why

The third round answers the second. Without it nobody can tell what was asked for and what became
of it.

## Bad

```markdown reviews/review-1064-2026-04-20.md
---
id: review-1064-2026-04-20
title: Review of 1064
date: 2026-04-20
---

# Review of 1064

## Summary

Two things have to change.
```

```markdown reviews/review-1064-2026-04-20-r3.md
---
id: review-1064-2026-04-20-r3
title: Review of 1064, round 3
date: 2026-04-20
---

# Review of 1064, round 3

## Summary

Two things have to change.
```

## Good

```markdown reviews/review-1064-2026-04-20.md
---
id: review-1064-2026-04-20
title: Review of 1064
date: 2026-04-20
---

# Review of 1064

## Summary

Two things have to change.
```

```markdown reviews/review-1064-2026-04-20-r2.md
---
id: review-1064-2026-04-20-r2
title: Review of 1064, round 2
date: 2026-04-20
---

# Review of 1064, round 2

## Summary

Two things have to change.
```

## Fix

Add the record of the missing round, or correct the number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import NamedTuple

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import ReadResult, Record
from govkb.record_types import IdPattern, RecordType
from govkb.rules.rule import Rule

RULE = Rule("ID014", "missing-round", Severity.ERROR)

_NUMBERS = ("int", "seq", "number")


class _Forms(NamedTuple):
    """The form of a first round, and that of later ones with the token that counts them."""

    first: IdPattern
    later: IdPattern
    token: str


class _Round(NamedTuple):
    """One round; `subject` is what its id says besides date and number."""

    subject: tuple[str, ...]
    number: int
    date: str
    result: ReadResult
    forms: _Forms


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every later round without the one before."""
    forms = {t.name: found for t in base.catalogue.types.values() if (found := _forms(t))}
    rounds = [r for result in base.results if (r := _round(result, base, forms)) is not None]
    dates: dict[tuple[tuple[str, ...], int], str] = {}
    for one in rounds:
        key = one.subject, one.number
        dates[key] = min(one.date, dates.get(key, one.date))
    for one in rounds:
        before = dates.get((one.subject, one.number - 1))
        if one.number > 1 and (before is None or before > one.date) and one.result.record:
            yield _fault(one, one.result.record)


def _fault(one: _Round, record: Record) -> Diagnostic:
    when = f" on or before {one.date}" if one.date else ""
    message = (
        f"{record.id} is round {one.number}, and there is no round {one.number - 1} of it{when}"
    )
    first, later, token = one.forms
    tokens = {**record.tokens, token: str(one.number - 1)}
    expected = first.fill(tokens) if one.number == 2 else later.fill(tokens)
    return RULE.at_key(record, ("id",), message, hint=f"the round before would be {expected}")


def _forms(record_type: RecordType) -> _Forms | None:
    """The forms of a type's rounds; None where it has none."""
    for first, later in permutations([form.id for form in record_type.forms], 2):
        *others, last = later.tokens or ("",)
        goes_on = later.template.startswith(first.template) and tuple(others) == first.tokens
        if goes_on and last in _NUMBERS and last not in others:
            return _Forms(first, later, last)
    return None


def _round(result: ReadResult, base: KnowledgeBase, known: Mapping[str, _Forms]) -> _Round | None:
    """The round that a file is, also one that can't be read; None where it is none."""
    record = result.record
    record_id = record.id if record is not None else result.claimed_id
    if not record_id or not known:
        return None
    record_type = record.type if record is not None else None
    if record is None:
        record_type = base.catalogue.type_of(None, result.place, record_id)
    forms = known.get(record_type.name) if record_type is not None else None
    if forms is None:
        return None
    tokens = forms.later.match(record_id)
    if tokens is None:
        tokens = forms.first.match(record_id)
    if tokens is None:
        return None
    number = int(tokens.get(forms.token, "1").rstrip("abcdefghijklmnopqrstuvwxyz"))
    subject = tuple(tokens[name] for name in forms.first.tokens if name != "date")
    assert record_type is not None
    return _Round((record_type.name, *subject), number, tokens.get("date", ""), result, forms)
