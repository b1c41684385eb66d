"""A record declares a relation with itself.

## What it does

Reports relation fields that name the record they stand in. Mentions in the text are fine.

## Why

An edge from a record to itself says nothing, and stands for the one that was meant.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
relates_to: probe-before-classify
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Good

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
```

## Fix

Name the record that was meant, or remove the reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.citations import at_citation
from govkb.rules.rule import Rule

RULE = Rule("REF003", "self-reference", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every declared reference to the citing record itself."""
    for citation, resolution, _, _ in base.graph.declared:
        if resolution.record is citation.record and not citation.name.has_part:
            message = f"{citation.text!r} is this record itself"
            hint = "name the record that was meant, or take the reference out"
            yield at_citation(RULE, citation, message, hint=hint)
