"""A record has too few or too many relations of a kind.

## What it does

Counts a record's relations against `at_least` and `at_most` of its type (`relations: {parent:
{to: [phase], at_most: 1}}`). What the other end states counts too, and so does what leads to no
record, such as a ticket. While a record of such a type can't be read, none is missed.

## Why

A round of review with two previous rounds, or a validation of nothing, has been filled in
wrongly.

## Bad

```markdown phases/phase-platform-17-backups.md
---
id: phase-platform-17-backups
title: Backups
parent: [phase-platform-15-storage, phase-platform-16-drills]
---

# Backups

## Goal

Every database has a backup that was restored once.

## Acceptance criteria

- [ ] A restore has been tried.
```

```markdown phases/phase-platform-15-storage.md
---
id: phase-platform-15-storage
title: Storage
---

# Storage

## Goal

There is storage.

## Acceptance criteria

- [ ] There is a bucket.
```

```markdown phases/phase-platform-16-drills.md
---
id: phase-platform-16-drills
title: Drills
---

# Drills

## Goal

Everybody has restored something once.

## Acceptance criteria

- [ ] A drill has been held.
```

## Good

```markdown phases/phase-platform-17-backups.md
---
id: phase-platform-17-backups
title: Backups
parent: phase-platform-15-storage
---

# Backups

## Goal

Every database has a backup that was restored once.

## Acceptance criteria

- [ ] A restore has been tried.
```

```markdown phases/phase-platform-15-storage.md
---
id: phase-platform-15-storage
title: Storage
---

# Storage

## Goal

There is storage.

## Acceptance criteria

- [ ] There is a bucket.
```

## Fix

Add or take out relations until there are as many as the message says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RelationUse
from govkb.rules.relations import unread_types
from govkb.rules.rule import Rule

RULE = Rule("REL004", "wrong-relation-count", Severity.ERROR)

# What each record leads to by one relation, by id; what is no record goes by the name it is given.
Ends = Mapping[str, set[str]]


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record with fewer or more relations of a kind than its type allows."""
    limits = {
        (of.name, name): use
        for of in base.catalogue.types.values()
        for name, use in of.uses.items()
        if use.at_least or use.at_most is not None
    }
    ends = {name: _ends(base, name) for _, name in limits}
    unread = unread_types(base) if limits else frozenset()
    for (type_name, relation), use in limits.items():
        for record in base.of_type(type_name):
            count = len(ends[relation].get(record.id, ()))
            if count < use.at_least and not _may_be_unread(use, unread):
                yield _fault(record, relation, f"at least {use.at_least}", count)
            elif use.at_most is not None and count > use.at_most:
                yield _fault(record, relation, f"at most {use.at_most}", count)


def _ends(base: KnowledgeBase, relation: str) -> Ends:
    found: dict[str, set[str]] = {}
    for citation, resolution, *_ in base.graph.by_relation.get(relation, ()):
        cited = resolution.record
        if not citation.is_inverse:
            end = cited.id if cited is not None else citation.text
            found.setdefault(citation.record.id, set()).add(end)
        elif cited is not None:
            found.setdefault(cited.id, set()).add(citation.record.id)
    return found


def _may_be_unread(use: RelationUse, unread: frozenset[str]) -> bool:
    return bool(unread) and (not use.to or not unread.isdisjoint(use.to))


def _fault(record: Record, relation: str, limit: str, count: int) -> Diagnostic:
    assert record.type is not None
    found = f"has {count}" if count else "has none"
    message = f"{record.id} must have {limit} `{relation}`; it {found}"
    hint = "what other records say about it counts too" if count else f"add `{relation}: ID`"
    return RULE.at_key(record, (relation,), message, hint=hint, value=False)
