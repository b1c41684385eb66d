"""A field names somebody who isn't entitled to it.

## What it does

Some fields may only name those whom others name (`entitled` in the type's declaration): a decision
is ratified by one of its `deciders`, or by somebody to whom it was `delegated_to`, here or in the
brief that it comes from. Reports anybody else. Where neither the record nor what it leads to names
anybody, nothing can be said. Of a text such as `Ava, by merging !31` the name before the comma
counts.

## Why

A decision that is ratified by somebody without a mandate looks like one that was made.

## Bad

```markdown briefs/BRIEF-20260421-sought.md
---
id: BRIEF-20260421-sought
title: Decisions sought
deciders: [DJ]
---

# Decisions sought

## Context

One question.

## Decisions sought

- A: Do we look at all commits?
```

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
source: {brief: BRIEF-20260421-sought, bullet: A}
ratified_by: reviewer
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Good

```markdown briefs/BRIEF-20260421-sought.md
---
id: BRIEF-20260421-sought
title: Decisions sought
deciders: [DJ]
delegated_to: reviewer
---

# Decisions sought

## Context

One question.

## Decisions sought

- A: Do we look at all commits?
```

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
source: {brief: BRIEF-20260421-sought, bullet: A}
ratified_by: reviewer
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Fix

Write down the delegation, if there was one, or have somebody ratify it who is entitled to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types.entitlements import Entitlement
from govkb.rules.rule import Rule

RULE = Rule("FIELD007", "unentitled-person", Severity.ERROR)

# A record that may name somebody, and the fields in which it does.
Source = tuple[Record, tuple[str, ...]]

_NAME_END = re.compile(r"\s*[,;(]|\s+(?:by|for|via|on behalf)\s")


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every field that names somebody whom nothing entitles."""
    for of in base.catalogue.types.values():
        for entitlement in of.entitlements:
            naming = [r for r in base.of_type(of.name) if r.effective.get(entitlement.field)]
            sources = _sources(entitlement, base) if naming else {}
            for record in naming:
                yield from _unentitled(record, entitlement, sources.get(record.id, []))


def _sources(of: Entitlement, base: KnowledgeBase) -> dict[str, list[Source]]:
    """The records that may name somebody for another one, by the id of that."""
    found: dict[str, list[Source]] = {}
    for relation, fields in of.through.items():
        for citation, resolution, *_ in base.graph.by_relation.get(relation, ()):
            if resolution.record is not None and not citation.is_inverse:
                found.setdefault(citation.record.id, []).append((resolution.record, fields))
    return found


def _unentitled(record: Record, of: Entitlement, sources: list[Source]) -> Iterator[Diagnostic]:
    known = {
        name.casefold(): name
        for source, fields in [(record, of.within), *sources]
        for field in fields
        for name in _names(source.effective.get(field))
    }
    for name in _names(record.effective.get(of.field)) if known or sources else ():
        if name.casefold() not in known:
            places = [f"`{field}`" for field in of.within] + [source.id for source, _ in sources]
            nowhere = ", no ".join(dict.fromkeys(places))
            message = f"`{of.field}` names {name!r}, whom nothing entitles: no {nowhere}"
            hint = "write down who delegated it, or have it done by one of those who may"
            if known:
                hint = f"{hint}: {', '.join(known.values())}"
            related = tuple(Related("who is entitled", source.path) for source, _ in sources)
            yield RULE.at_key(record, (of.field,), message, hint=hint, related=related)


def _names(value: object) -> list[str]:
    """Those whom a field names, without what is said about them."""
    values = value if isinstance(value, list) else [value]
    heads = [_NAME_END.split(v.strip(), maxsplit=1)[0] for v in values if isinstance(v, str)]
    return [head.lstrip("@").strip() for head in heads if head]
