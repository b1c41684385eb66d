"""What a finished record says it closes is still open, or knows nothing of it.

## What it does

Some relations have to be returned (`closes`; `returned` in the vocabulary): once the record that
states one is done, the other is done as well, and names that record, in a field or in its text.
Reports both. Where only a part of a record is closed (`closes: INC-20260418-B#backup`) the rest of
it may be open.

## Why

Whoever reads the one takes it for closed, and whoever reads the other goes on working on it.

## Bad

```markdown tickets/ticket-297-write-the-backup.md
---
id: ticket-297
title: Write the backup
kind: infra
status: closed
closed: 2026-04-20
closes: INC-20260418-B
---

# Write the backup

## Problem

No backup is written.

## Acceptance criteria

- [x] AC1: One is written every night.
```

```markdown incidents/INC-20260418-B-zero-backups.md
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
status: closed
resolved: 2026-04-20
---

# Zero backups

## Summary

No backup was written for 74 days.

## Learnings

- A backup is there when it has been restored.
```

## Good

```markdown tickets/ticket-297-write-the-backup.md
---
id: ticket-297
title: Write the backup
kind: infra
status: closed
closed: 2026-04-20
closes: INC-20260418-B
---

# Write the backup

## Problem

No backup is written.

## Acceptance criteria

- [x] AC1: One is written every night.
```

```markdown incidents/INC-20260418-B-zero-backups.md
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
status: closed
resolved: 2026-04-20
---

# Zero backups

## Summary

No backup was written for 74 days.

## Resolution

Backups are written again since ticket-297.

## Learnings

- A backup is there when it has been restored.
```

## Fix

Close what is closed, and say there by what. If it isn't, take the relation out, or name the part
that is.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.graph import has_status, is_open
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation
from govkb.rules.relations import Edge, edges_in_force, kinds
from govkb.rules.rule import Rule

RULE = Rule("REL013", "unlisted-closure", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every closing that the other end doesn't know of."""
    found = [
        edge
        for kind in kinds(base)
        if kind.is_returned
        for edge in edges_in_force(base, kind)
        if edge.source.is_done and not has_status(edge.target, kind.void_while)
    ]
    naming = _naming(base, {edge.target.id for edge in found})
    for edge in found:
        if is_open(edge.target) and not any(edge.stated.name.meant_part):
            yield _fault(edge, f"which is still {edge.target.status}", "set its status as well")
        elif (edge.target.id, edge.source.id) not in naming:
            hint = f"name {edge.source.id} in {edge.target.id}, in its text or in a relation"
            yield _fault(edge, "which doesn't say so", hint)


def _naming(base: KnowledgeBase, among: set[str]) -> set[tuple[str, str]]:
    """Which of some records name which others, in whatever way."""
    return {
        (citation.record.id, resolution.record.id)
        for citation, resolution, *_ in (base.graph.citations if among else ())
        if citation.record.id in among and resolution.record is not None
    }


def _fault(edge: Edge, reason: str, hint: str) -> Diagnostic:
    source, target = edge.source, edge.target
    said = f"`{edge.kind.name}: {target.id}`"
    message = f"{source.id} is {source.status} and says {said}, {reason}"
    related = (Related(f"{target.id}, which it closes", target.path),)
    return at_citation(RULE, edge.stated, message, hint=hint, related=related)
