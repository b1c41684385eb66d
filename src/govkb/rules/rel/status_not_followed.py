"""A record's status doesn't say that it is superseded, or says so for no reason.

## What it does

What is superseded must say so in its own status, and what says so must have been superseded.
Which statuses do is data: `target_status` of the relation, of which the first means nothing else.
Types without that status only have to be done with the record, and a status from which none of
these can be reached stays as it is. A mere proposal supersedes nothing yet, and what is
superseded `until` something keeps its status.

## Why

A reader who comes to the old record by a link or a search goes by it, unless it says itself that
it no longer holds.

## Bad

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
supersedes: DEC-20260421-look-at-all
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-look-at-all.md
---
id: DEC-20260421-look-at-all
title: Look at all commits
date: 2026-04-21
status: ratified
---

# Look at all commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Good

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
supersedes: DEC-20260421-look-at-all
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-look-at-all.md
---
id: DEC-20260421-look-at-all
title: Look at all commits
date: 2026-04-21
status: superseded
---

# Look at all commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Fix

Give the superseded record its status, or name the record that takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RelationType
from govkb.rules.relations import (
    Edge,
    edges,
    following_statuses,
    has_lapsed,
    holds,
    kinds,
    stated_at,
    unread_types,
)
from govkb.rules.rule import Rule
from govkb.rules.statuses import written_status

RULE = Rule("REL005", "status-not-followed", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record whose status doesn't go with the relations that lead to it."""
    for kind in kinds(base):
        if kind.target_status:
            leading: dict[str, list[Edge]] = {}
            for edge in edges(base, kind):
                leading.setdefault(edge.target.id, []).append(edge)
            yield from _unfollowed(base, kind, leading)
            yield from _unfounded(base, kind, leading)


def _unfollowed(
    base: KnowledgeBase, kind: RelationType, leading: Mapping[str, Sequence[Edge]]
) -> Iterator[Diagnostic]:
    """Records to which something happened that their status doesn't show."""
    for arriving in leading.values():
        edge = next((e for e in arriving if holds(base, e) and "until" not in e.said), None)
        wanted = following_statuses(edge.target, kind) if edge is not None else ()
        if edge is not None and wanted:
            record = edge.target
            what = kind.inverse_label.lower()
            status = written_status(record)
            message = f"{record.id} is {what} {edge.source.id}, but its status is {status}"
            hint = f"set `status: {wanted[0]}`"
            yield _at_status(record, message, hint, edge)


def _unfounded(
    base: KnowledgeBase, kind: RelationType, leading: Mapping[str, Sequence[Edge]]
) -> Iterator[Diagnostic]:
    """Records with a status that nothing which leads to them accounts for."""
    named = {
        c.citation.record.id
        for c in base.graph.by_relation.get(kind.name, ())
        if c.citation.is_inverse
    }
    unread = unread_types(base)
    telling = {
        of.name
        for of in base.catalogue.types.values()
        if kind.target_status[0] in of.statuses.moves
    }
    for record in base.records_by_id.values():
        if record.type is None or record.type.name not in telling:
            continue
        if record.status != kind.target_status[0]:
            continue
        arriving = leading.get(record.id, ())
        # One that writes no status may have any: nobody is accused because of it.
        if any(holds(base, e) or "status" not in e.source.metadata for e in arriving):
            continue
        if arriving or not (record.id in named or _may_be_unread(base, kind, unread)):
            yield _without_reason(base, kind, record, arriving)


def _without_reason(
    base: KnowledgeBase, kind: RelationType, record: Record, arriving: Sequence[Edge]
) -> Diagnostic:
    status = f"the status of {record.id} is {written_status(record)}"
    if not arriving:
        message = f"{status}, but no record `{kind.name}` it"
        return _at_status(record, message, f"name the other in `{kind.inverse}`")
    edge = arriving[0]
    if has_lapsed(base, edge):
        until = edge.said["until"]
        message = f"{status}, but {edge.source.id} `{kind.name}` it until {until}, which is over"
        return _at_status(record, message, "set the status that it has again", edge)
    own = written_status(edge.source)
    message = f"{status}, but {edge.source.id}, which `{kind.name}` it, is itself {own}"
    return _at_status(record, message, "set the status that holds today", edge)


def _may_be_unread(base: KnowledgeBase, kind: RelationType, unread: frozenset[str]) -> bool:
    """Whether a record that can't be read may state the relation."""
    types = (base.catalogue.types.get(name) for name in unread)
    return any(of is None or kind.name in of.relations for of in types)


def _at_status(record: Record, message: str, hint: str, edge: Edge | None = None) -> Diagnostic:
    related = (stated_at(edge),) if edge is not None else ()
    return RULE.at_key(record, ("status",), message, hint=hint, related=related)
