"""A line of a file is cited, and the file is not there.

## What it does

Reports places such as `scripts/bridge.sh:139`, in the text, in inline code and in fields, whose
file is not in the repository. Paths are looked up from the top of the repository, from the records
folder and from the record's own folder. Bare file names without a folder are left alone, and so are
paths that the settings call renamed (`references.renamed`).

## Why

A line is cited as evidence. Where the file has moved, the evidence is lost to whoever reads on.

## Bad

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
---

# Spot-check three commits

## Context

Eight commits landed together. The check is in `scripts/bridges.sh:1`.

## Decision

Look at the first, the middle and the last.
```

```sh ../scripts/bridge.sh
#!/bin/sh
exit 0
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

Eight commits landed together. The check is in `scripts/bridge.sh:1`.

## Decision

Look at the first, the middle and the last.
```

```sh ../scripts/bridge.sh
#!/bin/sh
exit 0
```

## Fix

Correct the path. Where the file was moved or removed on purpose, say so once in the settings:
`references.renamed = {"old/folder/" = "new/folder/"}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import MentionKind, ResolutionKind
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation, in_record
from govkb.rules.rule import Rule

RULE = Rule("REF008", "missing-file", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every cited line whose file isn't there."""
    for resolved in base.graph.resolved_as(ResolutionKind.UNRESOLVED):
        citation = resolved.citation
        if citation.name.lines is not None and citation.kind != MentionKind.LINK:
            message = f"{in_record(citation.name.target, citation)} is no file of the repository"
            hint = "correct the path, or name its new place under `references.renamed`"
            yield at_citation(RULE, citation, message, hint=hint)
