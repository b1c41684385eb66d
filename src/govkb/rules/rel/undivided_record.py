"""A record is too big for one, and has no parts.

## What it does

Counts what an open record holds, and reports one that holds more than its type allows without parts
(`decomposed` in the type's declaration). A ticket, for example, should have others that name it as
`parent` when it touches more than five files, or asks for more than five criteria in more than one
repository.

## Why

What nobody can take in within five minutes is neither reviewed nor finished. Its parts are, and the
whole goes on tracking them: it can't be closed before they are.

## Bad

```markdown tickets/ticket-297-terraform-state-drifted.md
---
id: ticket-297
title: Terraform state drifted
kind: infra
file_targets: [cnpg.tf, harbor.tf, argocd.tf, mail.tf, realms.tf, docs/sop-platform-tf-changes.md]
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
file_targets: [cnpg.tf, harbor.tf, argocd.tf, mail.tf, realms.tf, docs/sop-platform-tf-changes.md]
---

# Terraform state drifted

## Problem

The plan wants to create what is there already.

## Acceptance criteria

- [ ] AC1: The plan shows no differences.
```

```markdown tickets/ticket-298-import-the-cluster.md
---
id: ticket-298
title: Import the cluster, alone
kind: infra
parent: ticket-297
file_targets: [cnpg.tf]
---

# Import the cluster, alone

## Problem

The plan wants to create the cluster of the database.

## Acceptance criteria

- [ ] AC1: The plan leaves the cluster as it is.
```

## Fix

Write what can be done by itself as records of their own that name this one as `parent`. Your own
`templates/ticket/type.yaml` may allow more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govkb.diagnostics import Diagnostic, Severity
from govkb.graph import is_open
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.reading.items import items_of
from govkb.record_types import RecordType
from govkb.rules.rule import Rule

RULE = Rule("REL012", "undivided-record", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every open record without parts that exceeds one of the limits of its type."""
    for of in base.catalogue.types.values():
        if of.decomposition is None:
            continue
        wholes = _with_parts(base, of.decomposition.relation)
        for record in base.of_type(of.name):
            if is_open(record) and record.id not in wholes:
                limit = next((x for x in of.decomposition.limits if _exceeds(record, x)), None)
                if limit is not None:
                    yield _fault(record, of, limit)


def _with_parts(base: KnowledgeBase, relation: str) -> set[str]:
    """The ids of the records that have parts, be it in another tracker."""
    found = set()
    for citation, resolution, *_ in base.graph.by_relation.get(relation, ()):
        if citation.is_inverse:
            found.add(citation.record.id)
        elif resolution.record is not None:
            found.add(resolution.record.id)
    return found


def _exceeds(record: Record, limit: Mapping[str, int]) -> bool:
    # What stands in fields is counted first: the body may not have been read yet.
    kinds = record.type.items if record.type is not None else {}
    names = sorted(limit, key=lambda name: name in kinds)
    return all(_number(record, name) > limit[name] for name in names)


def _number(record: Record, name: str) -> int:
    """How many items of a kind a record has, or values in a field."""
    assert record.type is not None
    if name in record.type.items:
        return len(items_of(record, name))
    values = record.effective.get(name)
    return len(values) if isinstance(values, list) else int(values is not None)


def _fault(record: Record, of: RecordType, limit: Mapping[str, int]) -> Diagnostic:
    assert of.decomposition is not None
    said = " and ".join(f"{_number(record, name)} {_word(of, name)}" for name in limit)
    relation = of.decomposition.relation
    most = " and ".join(map(str, limit.values()))
    message = f"{record.id} has {said}, more than {most}, and no record is part of it"
    hint = f"write what can be done by itself as records with `{relation}: {record.id}`"
    return RULE.at_key(record, ("id",), message, hint=hint)


def _word(of: RecordType, name: str) -> str:
    kind = of.items.get(name)
    return kind.plural.lower() if kind is not None else name.replace("_", " ")
