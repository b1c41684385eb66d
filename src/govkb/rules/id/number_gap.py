"""Numbers are missing in a sequence.

## What it does

Lists the numbers between the lowest and the highest of a type (`numbered: true`) that no record
has. It is said once for each type, at the record after the first gap.

## Why

Numbers are given in order and never twice, so a missing one may be a record that got lost. It may
as well be one that was never finished, so this is only for your information.

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

```markdown adr/ADR-0009-keep-archives-elsewhere.md
---
id: ADR-0009
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
id: ADR-0008
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

Look into the history whether a record was lost. Otherwise there is nothing to do: a number that
was once given is not given again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.numbering import Claim, claims
from govkb.rules.rule import Rule

RULE = Rule("ID009", "number-gap", Severity.INFO)

_SHOWN = 12


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """One for each type with gaps."""
    by_type: dict[str, dict[int, Claim]] = defaultdict(dict)
    for claim in claims(base.results, base.catalogue):
        known = by_type[claim.type.name].get(claim.number.value)
        if known is None or known.record is None:
            by_type[claim.type.name][claim.number.value] = claim
    for of_type in by_type.values():
        yield from _gaps([of_type[number] for number in sorted(of_type)])


def _gaps(in_order: list[Claim]) -> Iterator[Diagnostic]:
    gaps = [
        (before, after)
        for before, after in pairwise(in_order)
        if after.number.value > before.number.value + 1
    ]
    first = next((after for _, after in gaps if after.record is not None), None)
    if first is None or first.record is None:
        return
    width = len(first.text)
    missing = [_range(b.number.value + 1, a.number.value - 1, width) for b, a in gaps]
    if len(missing) > _SHOWN:
        missing[_SHOWN:] = [f"{len(missing) - _SHOWN} further gaps"]
    are_one = len(gaps) == 1 and "–" not in missing[0]
    listed = " and ".join(filter(None, (", ".join(missing[:-1]), missing[-1])))
    numbers = "number" if are_one else "numbers"
    message = f"no {first.type.label.lower()} has the {numbers} {listed}"
    hint = "look whether a record was lost; otherwise there is nothing to do"
    yield RULE.at_key(first.record, ("id",), message, hint=hint)


def _range(first: int, last: int, width: int) -> str:
    start, end = str(first).zfill(width), str(last).zfill(width)
    return start if first == last else f"{start}–{end}"
