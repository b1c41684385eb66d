"""A record waits for its number.

## What it does

Says which records have an id that only stands in for one with a number
(`INC-DRAFT-vault-sealed`). On a branch that is information. With a base (`govkb check --base REF`)
it is a warning about those that are in the base already: they have landed without a number.

## Why

Two branches that take the next free id take the same one. A draft takes none, and is numbered when
it lands. Once others cite it, it should have the id that it keeps.

## Bad

```markdown incidents/INC-DRAFT-vault-sealed.md
---
id: INC-DRAFT-vault-sealed
title: Vault sealed
severity: high
detected: 2026-04-18
---

# Vault sealed

## Summary

Nobody could log in.
```

## Good

```markdown incidents/INC-20260418-A-vault-sealed.md
---
id: INC-20260418-A
title: Vault sealed
severity: high
detected: 2026-04-18
---

# Vault sealed

## Summary

Nobody could log in.
```

## Fix

Run `govkb number` when the branch lands: it gives all drafts the next free ids, wherever they are
cited.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.rule import Rule

RULE = Rule("ID018", "unnumbered-draft", Severity.INFO)

_HINT = "`govkb number` gives it one"


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every draft, at its id."""
    for record in base.records:
        if record.type is None or not record.type.is_draft(record.id):
            continue
        if base.has_landed(record):
            message = f"{record.id} has landed without a number"
            found = RULE.at_key(record, ("id",), message, hint=_HINT)
            yield replace(found, severity=Severity.WARNING)
        else:
            yield RULE.at_key(record, ("id",), f"{record.id} waits for its number", hint=_HINT)
