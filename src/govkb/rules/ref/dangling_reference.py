"""A reference leads nowhere.

## What it does

Resolves every reference in relation fields and every id in the text: as an exact id, a declared
alias, a file name, a path, an id up to its number, a folder with a README, and last as any other
file of the repository. References that name a ticket or an address elsewhere are not followed.
Words of prose that could be an id only by their form, without a digit or capital, are left alone.

## Why

A record is evidence only while what it points to is there.

## Bad

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
relates_to: INC-20260418-Z
---

# Spot-check three commits

## Context

Eight commits landed together.

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
relates_to: INC-20260418-B
---

# Spot-check three commits

## Context

Eight commits landed together.

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

Correct the id. The hint names the nearest records; none is ever put in by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import Citation, MentionKind, ResolutionKind
from govkb.graph.external import ticket_in
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation, in_record, shown
from govkb.rules.rule import Rule

RULE = Rule("REF002", "dangling-reference", Severity.ERROR)

# A name that ends like a file's, but not like a record's.
_FILE = re.compile(r"\.(?!md$)[a-z][a-z0-9]{0,9}$", re.ASCII)
_OTHERS = (MentionKind.LINK, MentionKind.POINTER, MentionKind.COMMIT, MentionKind.CREATED)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every reference that resolves to nothing, with the nearest records."""
    for resolved in base.graph.resolved_as(ResolutionKind.UNRESOLVED):
        citation = resolved.citation
        if citation.kind not in _OTHERS and citation.name.lines is None:
            yield _fault(citation, base)


def _fault(citation: Citation, base: KnowledgeBase) -> Diagnostic:
    # The words after an id are part of the name, as long as the id is none.
    has_words = citation.name.label is not None or citation.name.decoration is not None
    name = citation.text.strip() if has_words else citation.name.target
    said = in_record(name, citation)
    if name[:1] in ("#", "!") and ticket_in(name):
        hint = f"write `repository{name}`, or `repo:` in the record"
        return at_citation(RULE, citation, f"{said} doesn't say of which repository", hint=hint)
    if _FILE.search(name):
        hint = "no file of the repository has this path"
        return at_citation(RULE, citation, f"{said} names no file", hint=hint)
    near = [shown(record) for record in base.graph.resolver.likeliest(citation.name.target)]
    hint = f"did you mean {' or '.join(near)}?" if near else "no record has a name like it"
    return at_citation(RULE, citation, f"{said} names no record", hint=hint)
