"""A link is right only from the top of the repository.

## What it does

Reports relative links that lead to nothing from the folder of the record, but to a file from the
top of the repository or of the records folder.

## Why

Forges and editors read a relative link from the file that it stands in, so for readers it is dead.

## Bad

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
---

# Spot-check three commits

## Context

Eight commits landed together. See [it](incidents/INC-20260418-B-zero-backups-for-74-days.md).

## Decision

Look at the first, the middle and the last.
```

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
```

## Good

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
---

# Spot-check three commits

## Context

Eight commits landed together. See [it](../incidents/INC-20260418-B-zero-backups-for-74-days.md).

## Decision

Look at the first, the middle and the last.
```

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
```

## Fix

Write the path as the hint has it, from the folder of the record.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import ResolutionKind, ResolvedCitation
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation, in_record
from govkb.rules.rule import Rule

RULE = Rule("REF011", "root-relative-link", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every link that would be right from another folder."""
    for resolved in base.graph.resolved_as(ResolutionKind.ROOT_RELATIVE):
        yield _fault(resolved)


def _fault(resolved: ResolvedCitation) -> Diagnostic:
    citation, path = resolved.citation, resolved.resolution.path or ""
    folder = posixpath.dirname(citation.record.path)
    right = posixpath.relpath(path, folder or ".")
    message = f"{in_record(citation.text, citation)} leads to a file only from the top"
    _, mark, fragment = citation.text.partition("#")
    return at_citation(RULE, citation, message, hint=f"from here it is {right}{mark}{fragment}")
