"""Two records of a type have the same number.

## What it does

Compares the numbers of records whose type says that they share one sequence (`numbered: true`),
whatever else their ids say. A file whose name begins with the number of another record is
reported too. Files that are called by a bare number (`0007-one-bucket-a-job.md`) are counted
folder by folder. A record with an id like theirs, but of a type that nobody has declared, is told
of the number that it shares, and they aren't.

## Why

People cite such records by their number alone. With two of them nobody knows which one was meant.

## Bad

```markdown adr/ADR-0007-one-bucket-a-job.md
---
id: ADR-0007
title: One bucket a job
status: accepted
---

# One bucket a job

## Context

Two jobs wrote to one bucket.

## Decision

Each job has its own.
```

```markdown adr/ADR-0007-keep-archives-elsewhere.md
---
id: ADR-0007-keep-archives-elsewhere
title: Keep archives elsewhere
status: accepted
---

# Keep archives elsewhere

## Context

Two jobs wrote to one bucket.

## Decision

Each job has its own.
```

## Good

```markdown adr/ADR-0007-one-bucket-a-job.md
---
id: ADR-0007
title: One bucket a job
status: accepted
---

# One bucket a job

## Context

Two jobs wrote to one bucket.

## Decision

Each job has its own.
```

```markdown adr/ADR-0008-keep-archives-elsewhere.md
---
id: ADR-0008-keep-archives-elsewhere
title: Keep archives elsewhere
status: accepted
---

# Keep archives elsewhere

## Context

Two jobs wrote to one bucket.

## Decision

Each job has its own.
```

## Fix

Give the younger record the next free number, which `govkb new` knows, and correct what cites it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.rules.numbering import Claim, Number, claims
from govkb.rules.rule import Rule

RULE = Rule("ID008", "reused-number", Severity.ERROR)

_SHOWN = 20
_Place = tuple[str, str, Number]


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record with a number that a record with another id has."""
    by_number: dict[_Place, list[Claim]] = defaultdict(list)
    for claim in claims(base.results, base.catalogue):
        if claim.record is not None or claim.stranger is not None:
            by_number[claim.type.name, _sequence(claim), claim.number].append(claim)
    for same in by_number.values():
        if len(same) > 1:
            yield from _faults(same)


def _sequence(claim: Claim) -> str:
    """The folder in which a number must be the only one; empty where it must be that everywhere."""
    record = claim.record or claim.stranger
    form = next((f for f in claim.type.forms if record and f.id.match(record.id)), None)
    has_prefix = form is None or form.id.prefix or "date" in form.id.tokens
    return "" if has_prefix else claim.path.rpartition("/")[0]


def _faults(same: list[Claim]) -> Iterator[Diagnostic]:
    owners = {c.record.id: c.record for c in same if c.record is not None and not c.by_name}
    for claim in same:
        record = claim.record or claim.stranger
        if record is not None and owners.keys() - {record.id}:
            yield _fault(claim, record, owners)


def _fault(claim: Claim, record: Record, owners: Mapping[str, Record]) -> Diagnostic:
    others = list(islice((o for o in owners.values() if o.id != record.id), _SHOWN))
    count = len(owners) - (record.id in owners)
    also = others[0].id if count == 1 else f"{count} other records"
    have = "has" if count == 1 else "have"
    message = f"{record.id} has the number {claim.text}, and so {have} {also}"
    if claim.by_name:
        message = f"the file name says {claim.text}, which is the number of {also}"
    hint = "give the younger one the next free number: a number stands for one record for ever"
    related = tuple(_place(other) for other in others)
    return RULE.at_key(record, ("id",), message, hint=hint, related=related)


def _place(record: Record) -> Related:
    return Related(f"{record.id} has it", record.path, record.span_of(("id",), value=True))
