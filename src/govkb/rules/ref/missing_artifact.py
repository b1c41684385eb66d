"""The text says that a path was created, and nothing is there.

## What it does

Reports paths in inline code that the text says were added or created, but that are not in the
repository: `Added: scripts/verify.sh`, `scripts/verify.sh | Created`, and those that begin the
items and rows below a heading such as `### Files created`. The words are the type's
(`created_paths`); a type without them says nothing of the kind. Paths are looked up from the top of
the repository, from the records folder and from the record's own folder. What is still to be
created is left alone, and so are paths that the settings call renamed (`references.renamed`) and
those that a note such as `Historical note: …` names.

## Why

A prevention that was never committed prevents nothing, and the record says that it does.

## Bad

```markdown session-captures/2026-01-24-wildcard-records.md
---
id: 2026-01-24-wildcard-records
title: Wildcard records
status: open
---

# Wildcard records

## Scope

- Why no wildcard record is found.

## Work summary

- Prevention: Added `scripts/verify_dns_records.sh`.
```

## Good

```markdown session-captures/2026-01-24-wildcard-records.md
---
id: 2026-01-24-wildcard-records
title: Wildcard records
status: open
---

# Wildcard records

## Scope

- Why no wildcard record is found.

## Work summary

- Prevention: Added `scripts/verify_dns_records.sh`.

### Artifacts to create

- `scripts/verify_all_records.sh`
```

```sh ../scripts/verify_dns_records.sh
#!/bin/sh
exit 0
```

## Fix

Commit the file, or correct the path. Where it was moved or removed since, say so once in the
settings (`references.renamed = {"old/folder/" = "new/folder/"}`), or in the record by a paragraph
that begins with the words of the type's `excused_by`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import MentionKind, ResolutionKind
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation, in_record
from govkb.rules.rule import Rule

RULE = Rule("REF013", "missing-artifact", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every path that is said to have been created and isn't there."""
    for resolved in base.graph.resolved_as(ResolutionKind.UNRESOLVED):
        citation = resolved.citation
        if citation.kind == MentionKind.CREATED:
            said = in_record(citation.text, citation)
            message = f"{said} is said to have been created, and it isn't in the repository"
            hint = "commit it, correct the path, or name its new place under `references.renamed`"
            yield at_citation(RULE, citation, message, hint=hint)
