"""A file is a record of no known type.

## What it does

Reports records whose `type` names no declaration, and those whose type can't be told from their
folder or id either.

## Why

Without a type nothing about the record can be checked: not its fields, not its status, not its
sections.

## Bad

```markdown notes/look-first.md
---
id: look-first
title: Look first
type: pitfal
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

Correct the `type`, move the file into the folder of its type, or declare the type in
`templates/TYPE/type.yaml`. Where records call it otherwise, as in `type: ADR`, `names: [ADR]` there
says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import TypeCatalogue
from govkb.record_types.likeness import nearest
from govkb.rules.rule import Rule

RULE = Rule("ID006", "unknown-type", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record without a type, unless it may be of one whose declaration is broken.

    What a folder hands down to all that is in it needs no type.
    """
    may_be_broken = base.catalogue.may_be_broken
    for record in base.records:
        declared = record.metadata.get("type")
        if record.type is not None or (record.sidecar == "folder" and declared is None):
            continue
        if may_be_broken(declared, record.place, record.metadata.get("id")) is None:
            yield _fault(record, base.catalogue)


def _fault(record: Record, catalogue: TypeCatalogue) -> Diagnostic:
    known = sorted(catalogue.types)
    declared = record.metadata.get("type")
    if declared is None:
        message = "neither a `type`, nor the folder, nor the id says what kind of record this is"
        return RULE.at_key(record, ("type",), message, hint=f"known types: {', '.join(known)}")
    near = nearest(str(declared), catalogue.names)
    hint = f"did you mean {near!r}?" if near else f"known types: {', '.join(known)}"
    return RULE.at_key(record, ("type",), f"no type is called {declared!r}", hint=hint)
