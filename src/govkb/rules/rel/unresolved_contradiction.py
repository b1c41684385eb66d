"""A record is done, but a contradiction that it names is not resolved.

## What it does

A relation such as `contradicts` must say how it was resolved (`{ref: …, resolution: …}`) before
the record that states it is done. Which key says so is data: `settled_by` in the vocabulary. It
may stand at either end. A record that is superseded or withdrawn contradicts nobody any more.

## Why

Two records that contradict each other can't both be right. Closing one of them hides that.

## Bad

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
contradicts: DEC-20260421-look-at-all
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
contradicts:
  - ref: DEC-20260421-look-at-all
    resolution: Three commits are enough where the tests cover the rest.
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

## Fix

Add the `resolution`, or supersede the record that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.graph import Citation, is_void
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RelationType
from govkb.rules.citations import at_citation
from govkb.rules.relations import kinds
from govkb.rules.rule import Rule

RULE = Rule("REL009", "unresolved-contradiction", Severity.ERROR)

Pair = frozenset[str]


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record that is done and states a relation which isn't settled at either end."""
    for kind in kinds(base):
        if kind.settled_by is not None:
            settled = _settled(base, kind, kind.settled_by)
            for citation, resolution, *_ in base.graph.by_relation.get(kind.name, ()):
                citing, cited = citation.record, resolution.record
                if cited is None or not citing.is_done or _pair(citing, cited) in settled:
                    continue
                if cited.id != citing.id and not is_void(kind, citing, cited):
                    yield _fault(citation, cited, kind.settled_by)


def _settled(base: KnowledgeBase, kind: RelationType, key: str) -> set[Pair]:
    return {
        _pair(citation.record, resolution.record)
        for citation, resolution, *_ in base.graph.by_relation.get(kind.name, ())
        if resolution.record is not None and _is_said(citation, key)
    }


def _is_said(citation: Citation, key: str) -> bool:
    value = citation.qualifiers.get(key)
    return value.strip() != "" if isinstance(value, str) else value not in (None, [], {})


def _pair(one: Record, other: Record) -> Pair:
    return frozenset((one.id, other.id))


def _fault(citation: Citation, cited: Record, key: str) -> Diagnostic:
    citing = citation.record
    status = f"{citing.id} is {citing.status}"
    message = f"{status}, but nobody says how its contradiction with {cited.id} was resolved"
    hint = f"write {{ref: {citation.text}, {key}: how}}, or correct the one that is wrong"
    span = citing.span_of(("status",), value=True)
    related = (Related(f"{citing.id} is {citing.status}", citing.path, span),)
    return at_citation(RULE, citation, message, hint=hint, related=related)
