"""What is said to be carried out has nothing to show for it.

## What it does

Asks, where the type declares it (`shown` in `execution`), for something that shows that what a
record says was carried out: a relation such as `evidence`, also one that the other record states
(`implements`), or text in a section such as "Confirmation".

## Why

Who reads that it is done goes on from there. Whether it was, nobody can look up.

## Bad

```markdown decisions/DEC-20260421-D-look-at-three-commits.md
---
id: DEC-20260421-D
title: Look at three commits
date: 2026-04-21
status: ratified
execution: done
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
execution: done
---

# Look at three commits

## Context

A stack of eight was left over.

## Decision

Look at the first, the middle and the last.

## Confirmation

- [x] `git show` of all three, on 2026-04-22
```

## Fix

Name what shows it, `evidence: [HANDOFF-2026-04-22]`, or write down under "Confirmation" how it was
looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.deadlines import execution_of
from govkb.reading import Record
from govkb.record_types import Execution, SectionType
from govkb.rules.relations import edges, kinds
from govkb.rules.rule import Rule
from govkb.rules.sections import section_of

RULE = Rule("STATE015", "unshown-execution", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record that is carried out without anything that shows it."""
    claimed = [(r, of) for r in base.records if (of := _claimed(r)) is not None]
    names = {name for _, of in claimed for name in of.shown_by}
    shown = _related(base, names) if names else frozenset()
    for record, of in claimed:
        if any((record.id, name) in shown for name in of.shown_by):
            continue
        if not any(_has_text(record, name) for name in of.sections):
            yield _fault(record, of)


def _claimed(record: Record) -> Execution | None:
    """What a record's type says of executions, where the record says that its own was made."""
    of, state = execution_of(record) or (None, "")
    return of if of is not None and state in of.shown_for else None


def _related(base: KnowledgeBase, names: set[str]) -> frozenset[tuple[str, str]]:
    """The ids of records with the names of their relations, among the wanted ones."""
    found: set[tuple[str, str]] = set()
    for kind in kinds(base):
        if not names.isdisjoint((kind.name, kind.inverse)):
            for edge in edges(base, kind):
                found |= {(edge.source.id, kind.name), (edge.target.id, kind.inverse)}
    return frozenset(found)


def _has_text(record: Record, name: str) -> bool:
    assert record.type is not None
    section = section_of(record, record.type.sections.get(name) or SectionType(name))
    return section is not None and section.has_text


def _fault(record: Record, of: Execution) -> Diagnostic:
    assert record.type is not None
    value = str(record.effective.get(of.field))
    message = f"the {record.type.label.lower()} has {value!r} as `{of.field}`, and nothing shows it"
    ways = [f"`{name}: ID`" for name in of.shown_by if name in record.type.relations]
    ways += [f'text under "{name}"' for name in of.sections]
    hint = f"add {' or '.join(ways)}" if ways else "say in another record that it is so"
    return RULE.at_key(record, (of.field,), message, hint=hint)
