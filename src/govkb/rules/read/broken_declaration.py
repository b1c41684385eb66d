"""A type or a vocabulary can't be used.

## What it does

Reports everything in a `type.yaml` or a `vocabulary.yaml` that govkb doesn't understand: YAML that
can't be read, unknown keys, statuses, sections, fields and vocabularies that are named and not
declared, schemas that can't be used. Records of such a type are not judged by it, and all others
are.

## Why

A type that is silently left out checks nothing, and one that is half understood finds what is not
there.

## Bad

```yaml ../templates/playbook/type.yaml
type: playbook
label: Playbook
purpose: What to do when the pager rings.
id: "PB-{seq:4}"
path: "playbooks/{id}.md"
status:
  initial: draft
  draft: [lvie]
  live: []
```

```markdown playbooks/PB-0001.md
---
id: PB-0001
title: Unseal the vault
---

# Unseal the vault

Enter three keys.
```

## Good

```yaml ../templates/playbook/type.yaml
type: playbook
label: Playbook
purpose: What to do when the pager rings.
id: "PB-{seq:4}"
path: "playbooks/{id}.md"
status:
  initial: draft
  draft: [live]
  live: []
```

```markdown playbooks/PB-0001.md
---
id: PB-0001
title: Unseal the vault
---

# Unseal the vault

Enter three keys.
```

## Fix

Correct the declaration at the line that is named. `docs/types.md` says what it may hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from govkb.counting import counted
from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.record_types import DeclarationFault
from govkb.rules.rule import Rule
from govkb.source import Position, Span

RULE = Rule("READ025", "broken-declaration", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every fault of a declaration, with what it keeps from being checked."""
    faults = base.catalogue.faults
    unjudged = _unjudged(base) if faults else Counter()
    for fault in faults:
        start = Position(fault.line, fault.column)
        span = Span(start, Position(fault.line, fault.column + fault.length))
        hint = "; ".join(filter(None, (fault.hint, _consequence(fault, unjudged))))
        path, message = _place(fault, base)
        yield replace(RULE.at_file(path, message, hint=hint), span=span)


def _unjudged(base: KnowledgeBase) -> Counter[str]:
    """How many records are of each type that can't be used."""
    names = (
        base.catalogue.may_be_broken(r.metadata.get("type"), r.place, r.metadata.get("id"))
        for r in base.records
        if r.type is None
    )
    return Counter(name for name in names if name is not None)


def _consequence(fault: DeclarationFault, unjudged: Counter[str]) -> str:
    if fault.type is None:
        return "until then the values of fields go unchecked"
    number = unjudged[fault.type]
    if not number:
        return "until then no record can be checked as one of this type"
    return f"until then {counted(number, 'record')} of this type can't be judged"


def _place(fault: DeclarationFault, base: KnowledgeBase) -> tuple[str, str]:
    """The file relative to the project, and the message; for govkb's own files it says so."""
    if fault.file.is_relative_to(base.config.root):
        return fault.file.relative_to(base.config.root).as_posix(), fault.message
    parts = fault.file.parts
    below = parts[parts.index("templates") + 1 :] if "templates" in parts else parts[-1:]
    return "/".join(("templates", *below)), f"in what govkb ships: {fault.message}"
