"""A relation leads to a record of a type that it can't lead to.

## What it does

Holds every declared relation against the types that it may lead to: those that the citing
record's type names (`relations: {supersedes: {to: [adr]}}`), else those of the vocabulary.
Tickets, files and addresses are no records and not held against anything.

## Why

A review that reviews a runbook by mistake is looked for in the wrong place by all who come later.

## Bad

```markdown adr/ADR-0001-one-bucket.md
---
id: ADR-0001
title: One bucket
status: proposed
supersedes: INC-20260418-B
---

# One bucket

## Context

Backups went to three buckets.

## Decision

They go to one.
```

```markdown incidents/INC-20260418-B-zero-backups.md
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
---

# Zero backups

## Summary

No backup was written for 74 days.
```

## Good

```markdown adr/ADR-0001-one-bucket.md
---
id: ADR-0001
title: One bucket
status: proposed
resolves: INC-20260418-B
---

# One bucket

## Context

Backups went to three buckets.

## Decision

They go to one.
```

```markdown incidents/INC-20260418-B-zero-backups.md
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
---

# Zero backups

## Summary

No backup was written for 74 days.
```

## Fix

Name the record that is meant, or use a relation that may lead to this one.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import ResolvedCitation
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RelationType
from govkb.rules.citations import at_citation
from govkb.rules.relations import kinds
from govkb.rules.rule import Rule

RULE = Rule("REL003", "wrong-target-type", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every relation whose target has a type that the relation may not lead to."""
    for resolved in _held(base):
        kind, cited = resolved.citation.relation, resolved.resolution.record
        if kind is not None and cited is not None:
            citing = resolved.citation.record
            source, target = (cited, citing) if resolved.citation.is_inverse else (citing, cited)
            allowed = _targets(source, kind)
            if allowed and target.type is not None and target.type.name not in allowed:
                yield _fault(resolved, kind, source, target, base)


def _held(base: KnowledgeBase) -> Iterator[ResolvedCitation]:
    """Every reference by a relation that can't lead anywhere."""
    types = base.catalogue.types.values()
    limited = {name for of in types for name, use in of.uses.items() if use.to}
    for kind in kinds(base):
        if kind.targets or kind.name in limited:
            yield from base.graph.by_relation.get(kind.name, ())


def _targets(source: Record, kind: RelationType) -> tuple[str, ...]:
    """The types that the relation of a record may lead to; empty where it may lead anywhere."""
    use = source.type.uses.get(kind.name) if source.type else None
    return use.to if use is not None else kind.targets


def _fault(
    resolved: ResolvedCitation,
    kind: RelationType,
    source: Record,
    target: Record,
    base: KnowledgeBase,
) -> Diagnostic:
    citation = resolved.citation
    assert source.type is not None
    assert target.type is not None
    types = (base.catalogue.types.get(name) for name in _targets(source, kind))
    labels = [of.label.lower() for of in types if of is not None]
    of, is_a = source.type.plural.lower(), target.type.label.lower()
    said = f" says that {source.id} `{kind.name}` {target.id}" if citation.is_inverse else ""
    field = kind.inverse if citation.is_inverse else kind.name
    leads = f" leads to {target.id}" if not said else ""
    message = f"`{field}`{said}{leads}, which is of the type {is_a}"
    hint = f"`{kind.name}` of {of} leads to: {', '.join(labels)}"
    return at_citation(RULE, citation, message, hint=hint)
