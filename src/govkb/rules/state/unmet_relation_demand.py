"""A record lacks the relations that its status demands.

## What it does

Counts the records that one is related to against what its status demands (`requires_when: {held:
{related: [{to: [finding, decision], at_least: 1}]}}`). Relations count whichever end declares
them; with `by` only those that go by one of these names, read from this record. What is only
mentioned in the text doesn't count. While a record of such a type can't be read, none is missed.

## Why

A disaster that led to no finding and no decision has taught nobody anything, however well it is
described.

## Bad

```yaml ../templates/drill/type.yaml
type: drill
label: Drill
purpose: A disaster that was held on purpose.
id: "DRILL-{seq:4}"
path: "drills/{id}.md"
status:
  initial: planned
  planned: [held]
  held: []
  done: [held]
requires_when:
  held: {related: [{to: [finding, decision]}]}
relations: [relates_to]
```

```markdown drills/DRILL-0001.md
---
id: DRILL-0001
title: Restore of the largest database
status: held
---

# Restore of the largest database

It took four hours. DEC-20260421-spot-check came of it.
```

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Good

```yaml ../templates/drill/type.yaml
type: drill
label: Drill
purpose: A disaster that was held on purpose.
id: "DRILL-{seq:4}"
path: "drills/{id}.md"
status:
  initial: planned
  planned: [held]
  held: []
  done: [held]
requires_when:
  held: {related: [{to: [finding, decision]}]}
relations: [relates_to]
```

```markdown drills/DRILL-0001.md
---
id: DRILL-0001
title: Restore of the largest database
status: held
relates_to: DEC-20260421-spot-check
---

# Restore of the largest database

It took four hours. DEC-20260421-spot-check came of it.
```

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Fix

Name the records that came of it, write those that are missing, or choose the status that is true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RelatedDemand
from govkb.rules.relations import edges, kinds, unread_types
from govkb.rules.rule import Rule

RULE = Rule("STATE003", "unmet-relation-demand", Severity.ERROR)

# By record id: the names of its relations, as read from it, with the records at their other ends.
Related = Mapping[str, set[tuple[str, str]]]


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record with too few relations for its status."""
    demanding = {
        (of.name, status): demand.related
        for of in base.catalogue.types.values()
        for status, demand in of.demands.items()
        if demand.related
    }
    if not demanding:
        return
    related, unread = _related(base), unread_types(base)
    for record in base.records_by_id.values():
        if record.type is not None:
            for demand in demanding.get((record.type.name, record.status or ""), ()):
                count = _count(base, record, demand, related)
                if count < demand.at_least and unread.isdisjoint(demand.to):
                    yield _fault(base, record, demand, count)


def _related(base: KnowledgeBase) -> Related:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for kind in kinds(base):
        for edge in edges(base, kind):
            found[edge.source.id].add((kind.name, edge.target.id))
            found[edge.target.id].add((kind.inverse, edge.source.id))
    return found


def _count(base: KnowledgeBase, record: Record, demand: RelatedDemand, related: Related) -> int:
    """How many records of the types that a status demands one is related to."""
    ends = {end for name, end in related.get(record.id, ()) if not demand.by or name in demand.by}
    types = (base.records_by_id[end].type for end in ends if end in base.records_by_id)
    return sum(of is not None and of.name in demand.to for of in types)


def _fault(base: KnowledgeBase, record: Record, demand: RelatedDemand, count: int) -> Diagnostic:
    assert record.type is not None
    types = (base.catalogue.types.get(name) for name in demand.to)
    wanted = " or ".join(of.label.lower() for of in types if of is not None)
    records = "record" if demand.at_least == 1 else "records"
    label = f"{record.type.label.lower()} with status {record.status!r}"
    by = f" by {' or '.join(f'`{name}`' for name in demand.by)}" if demand.by else ""
    least = f"at least {demand.at_least} {records} ({wanted}){by}"
    message = f"the {label} must be related to {least}; it is to {count or 'none'}"
    fields = demand.by or tuple(name for name in record.type.relations)[:1]
    hint = f"add `{fields[0]}: ID`" if fields else "say so in the other record"
    return RULE.at_key(
        record, ("status",), message, hint=f"{hint}; what the text mentions doesn't count"
    )
