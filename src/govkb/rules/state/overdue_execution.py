"""What was decided has not been carried out by its day.

## What it does

Looks at records that stand, such as ratified decisions, and whose field for it (`execution` in the
type's declaration) doesn't say that they are carried out. They are late when the day in the field
`execute_by` has passed; a type of your own may give all of them so many days (`within`). A decision
without a day is never late: that one is planned is no fault, and lists and the site show it.

## Why

A decision that nobody carries out is worse than none: everybody believes that it is in force.

## Bad

```markdown decisions/DEC-20260421-D-look-at-three-commits.md
---
id: DEC-20260421-D
title: Look at three commits
date: 2026-04-21
status: ratified
execution: planned
execute_by: 2026-04-21
---

# Look at three commits

## Context

A stack of eight was left over.

## Decision

Look at the first, the middle and the last.
```

## Good

```markdown decisions/DEC-20260421-D-look-at-three-commits.md
---
id: DEC-20260421-D
title: Look at three commits
date: 2026-04-21
status: ratified
execution: not-needed
execute_by: 2026-04-21
---

# Look at three commits

## Context

A stack of eight was left over.

## Decision

Look at the first, the middle and the last.
```

## Fix

Carry it out and say `execution: done`, with what shows it; or give it another day. Where it is not
to be carried out any more, supersede it.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.counting import counted
from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.deadlines import execution_day
from govkb.reading import Record
from govkb.record_types import Execution
from govkb.rules.rule import Rule

RULE = Rule("STATE014", "overdue-execution", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record whose day has passed and that isn't carried out."""
    if not any(of.execution is not None for of in base.catalogue.types.values()):
        return
    for record in base.records:
        of = record.type.execution if record.type is not None else None
        day = execution_day(record) if of is not None else None
        if of is not None and day is not None and day < base.today:
            late = counted((base.today - day).days, "day")
            yield _fault(record, of, f"{late} after {day}")


def _fault(record: Record, of: Execution, late: str) -> Diagnostic:
    assert record.type is not None
    value = record.effective.get(of.field)
    said = f"its `{of.field}` is {str(value)!r}" if value else f"`{of.field}` is not said"
    message = f"the {record.type.label.lower()} is {record.status}, and {said}, {late}"
    day = f", or set another day: `{of.by}: …`" if of.by is not None else ""
    hint = f"carry it out and say so{day}"
    place = of.field if of.field in record.metadata else "status"
    return RULE.at_key(record, (place,), message, hint=hint)
