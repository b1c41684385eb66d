"""Records follow each other in a circle.

## What it does

Follows the relations that can't go round, such as `supersedes`, `depends_on` and `blocks`, and
reports every circle with its records in order. Those whose `until` is over don't count.

## Why

In a circle there is no first and no last: no record that holds, nothing that can be begun.

## Bad

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
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
supersedes: DEC-20260421-spot-check
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

Take out the relation that is wrong; usually it is the one of the older record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.graph import Citation
from govkb.knowledge_base import KnowledgeBase
from govkb.record_types import RelationType
from govkb.rules.citations import at_citation
from govkb.rules.relations import edges, has_lapsed, kinds
from govkb.rules.rule import Rule

RULE = Rule("REL001", "relation-cycle", Severity.ERROR)

_SHOWN = 8

Arrows = Mapping[str, Mapping[str, Citation]]


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """One fault for each relation that closes a circle, whatever the order of the files."""
    for kind in kinds(base):
        if kind.acyclic:
            arrows = _arrows(base, kind)
            for circle in _circles(arrows):
                yield _fault(kind, circle, arrows)


def _arrows(base: KnowledgeBase, kind: RelationType) -> Arrows:
    """Where each record leads, by id, with the place that says so."""
    found: dict[str, dict[str, Citation]] = {}
    for edge in edges(base, kind):
        if not has_lapsed(base, edge):
            found.setdefault(edge.source.id, {})[edge.target.id] = edge.stated
    return {start: dict(sorted(ends.items())) for start, ends in sorted(found.items())}


def _circles(arrows: Arrows) -> Iterator[Sequence[str]]:
    """The way round for every arrow that leads back, depth first; each arrow is followed once."""
    done: set[str] = set()
    for start in arrows:
        way: list[str] = []
        places: dict[str, int] = {}
        ends = [iter((start,))]
        while ends:
            record_id = next(ends[-1], None)
            if record_id is None:
                ends.pop()
                if way:
                    done.add(way[-1])
                    del places[way.pop()]
            elif record_id in places:
                yield _from_the_first(way[places[record_id] :])
            elif record_id not in done:
                places[record_id] = len(way)
                way.append(record_id)
                ends.append(iter(arrows.get(record_id, ())))


def _from_the_first(circle: list[str]) -> list[str]:
    """The same circle from its smallest id on."""
    at = circle.index(min(circle))
    return circle[at:] + circle[:at]


def _fault(kind: RelationType, circle: Sequence[str], arrows: Arrows) -> Diagnostic:
    names = [*circle, circle[0]]
    if len(circle) > _SHOWN:
        more = len(circle) - _SHOWN
        names = [*circle[:_SHOWN], f"… {more} more", circle[0]]
    stated = [arrows[a][b] for a, b in zip(circle, (*circle[1:], circle[0]), strict=True)]
    related = tuple(_place(citation) for citation in stated[1 : _SHOWN + 1])
    message = f"`{kind.name}` goes in a circle: {' → '.join(names)}"
    hint = "take out the one that is wrong"
    return at_citation(RULE, stated[0], message, hint=hint, related=related)


def _place(citation: Citation) -> Related:
    span = citation.record.span_of(citation.key, value=True)
    return Related(f"{citation.record.id} says so here", citation.record.path, span)
