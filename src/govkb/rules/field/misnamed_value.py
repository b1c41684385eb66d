"""What is named after a record isn't called so.

## What it does

Holds the fields that name something after the record (`named_after` in the type's declaration)
against their form. What the form has in common with the id is the same in both: the branches of
`ticket-297` are called `297-` and what they are for.

## Why

Who finds the branch years later wants to know which ticket it was for, and who has the ticket, what
became of it.

## Bad

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: infra
branches: [tf-drift-cnpg-import]
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Acceptance criteria

- [ ] AC1: The plan shows no differences.
```

## Good

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: infra
branches: [297-tf-drift-cnpg-import]
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Acceptance criteria

- [ ] AC1: The plan shows no differences.
```

## Fix

Rename the branch, or correct the field. Where names look otherwise with you, declare their form in
a type of your own: it may have several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.record_types import IdPattern
from govkb.record_types.fields import dotted
from govkb.record_types.schema_words import cut
from govkb.rules.rule import Path, Rule

RULE = Rule("FIELD008", "misnamed-value", Severity.WARNING)

_TOKEN = re.compile(r"\{(?P<name>\w+)(?::[^{}]*)?\}")


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every name that isn't of any of the forms that its field asks for."""
    for field, forms in record.type.named_after.items() if record.type is not None else ():
        for path, name in _names(record, field):
            if not any(_fits(form, name, record) for form in forms):
                yield _fault(record, path, name, forms)


def _names(record: Record, field: str) -> Iterator[tuple[Path, str]]:
    value = record.metadata.get(field)
    if isinstance(value, str):
        yield (field,), value
    for number, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, str):
            yield (field, number), each


def _fits(form: IdPattern, name: str, record: Record) -> bool:
    found = form.match(name)
    own = record.tokens
    return found is not None and all(own.get(token, said) == said for token, said in found.items())


def _fault(record: Record, path: Path, name: str, forms: tuple[IdPattern, ...]) -> Diagnostic:
    shown = [_shown(form, record) for form in forms]
    wanted = " or ".join(shown)
    message = f"`{dotted(path)}` is {cut(name, 80)!r}, which is not of the form {wanted}"
    return RULE.at_key(record, path, message, hint="rename it, or name the record that it is for")


def _shown(form: IdPattern, record: Record) -> str:
    """A form with what the id says already."""
    tokens = {**record.tokens, "date": "{date}"}
    return _TOKEN.sub(lambda part: tokens.get(part["name"], part[0]), form.template)
