"""A link in the text leads to no file.

## What it does

Reports relative links and images whose file or folder is not in the repository. They are read as
forges read them: from the folder of the record, or with a slash in front from the top of the
repository. Links to other hosts, and links that lead out of the repository, are not followed.

## Why

The link is dead for everybody who reads the record, on the forge as on the site.

## Bad

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
---

# Spot-check three commits

## Context

Eight commits landed together. See [it](../incidents/INC-20260418-A.md).

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

Correct the path. The hint names records with a name like it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import Citation, MentionKind, ResolutionKind
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation, in_record
from govkb.rules.rule import Rule

RULE = Rule("REF010", "broken-link", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every link that leads to nothing."""
    for resolved in base.graph.resolved_as(ResolutionKind.UNRESOLVED):
        if resolved.citation.kind == MentionKind.LINK:
            yield _fault(resolved.citation, base)


def _fault(citation: Citation, base: KnowledgeBase) -> Diagnostic:
    message = f"{in_record(citation.text, citation)} leads to no file"
    return at_citation(RULE, citation, message, hint=_hint(citation, base))


def _hint(citation: Citation, base: KnowledgeBase) -> str:
    target, resolver = citation.name.target, base.graph.resolver
    if posixpath.splitext(target)[1].lower() not in ("", ".md"):
        return "no file of the repository has this path"
    folder = posixpath.dirname(citation.record.path) or "."
    records = resolver.likeliest(target)
    links = [posixpath.relpath(record.path, folder) for record in records]
    return f"did you mean {' or '.join(links)}?" if links else "no record has a name like it"
