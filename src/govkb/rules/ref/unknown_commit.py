"""A commit is named that the repository does not have.

## What it does

Looks up the commits in the fields `commit` and `commits`, and, where the settings say which
repository this is (`references.repo`), those in the text: `commit d0fcfc11`. A record whose `repo`
names another repository is left alone, and without git, or in a shallow clone, no commit is looked
up. What can't be the name of a commit, such as a branch, is reported in any case.

## Why

A commit is cited as evidence. Squashed or rebased away it can't be looked at any more, and a branch
means something else every day.

## Bad

```yaml ../templates/vocabulary.yaml
fields:
  commit: {type: string, description: the commit that carries it out}
```

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
commit: main
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Good

```yaml ../templates/vocabulary.yaml
fields:
  commit: {type: string, description: the commit that carries it out}
```

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
commit: d0fcfc11
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Fix

Name the commit that has come into the main branch in its place, with at least seven digits. In CI,
fetch the whole history.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import Citation, MentionKind, ResolutionKind
from govkb.graph.references import is_commit_name
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation, in_record
from govkb.rules.rule import Rule

RULE = Rule("REF012", "unknown-commit", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every commit that isn't there."""
    for resolved in base.graph.resolved_as(ResolutionKind.UNRESOLVED):
        if resolved.citation.kind == MentionKind.COMMIT:
            yield _fault(resolved.citation)


def _fault(citation: Citation) -> Diagnostic:
    name = in_record(citation.text, citation)
    if not is_commit_name(citation.text):
        hint = "write at least seven of the commit's hex digits"
        return at_citation(RULE, citation, f"{name} is not the name of a commit", hint=hint)
    hint = "name the commit that came in its place; in CI, fetch the whole history"
    return at_citation(RULE, citation, f"{name} is no commit of this repository", hint=hint)
