"""A label that has to be set is missing.

## What it does

Reports records without a label of a namespace that `required` in `[labels]` names their type for,
and records without any label where the types in `required` of the whole have to have one. A change
that is asked about (`govkb check-change`) counts as one of the type `change`.

## Why

What has no label is in no list, and nobody is told of it.

## Bad

```toml ../govkb.toml
[[labels.namespaces]]
name = "tier"
values = ["full", "lite"]
required = ["change"]

[[labels.namespaces]]
name = "story"
separator = ":"
values = ["superuser-deploy"]
```

```markdown changes/CHG-20260518-minio-init.md
---
id: CHG-20260518-minio-init
title: Let minio-init run once
tier: lite
labels: ["story:superuser-deploy"]
---

# Let minio-init run once

## Canary Context Pack

### Product story

The buckets are missing.

### What changed

The command is one script.

### Why it changed

It exits with an error.

### Runtime evidence

The container has exited with 1.

### Known constraints

It needs a backup first.

### Explicit out-of-scope

The data itself.

### Requested decision

Merge it.

### Merge blockers

None.
```

## Good

```toml ../govkb.toml
[[labels.namespaces]]
name = "tier"
values = ["full", "lite"]
required = ["change"]

[[labels.namespaces]]
name = "story"
separator = ":"
values = ["superuser-deploy"]
```

```markdown changes/CHG-20260518-minio-init.md
---
id: CHG-20260518-minio-init
title: Let minio-init run once
tier: lite
labels: [tier/lite]
---

# Let minio-init run once

## Canary Context Pack

### Product story

The buckets are missing.

### What changed

The command is one script.

### Why it changed

It exits with an error.

### Runtime evidence

The container has exited with 1.

### Known constraints

It needs a backup first.

### Explicit out-of-scope

The data itself.

### Requested decision

Merge it.

### Merge blockers

None.
```

## Fix

Set one.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.labels import Taxonomy
from govkb.rules.labels import Bearer, bearers, taxonomy
from govkb.rules.rule import Rule

_MOST_NAMED = 10

RULE = Rule("GATE010", "missing-label", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every label that has to be there and isn't."""
    known = taxonomy(base)
    if known is None:
        return
    for bearer in bearers(base):
        missing = list(_missing(bearer, known))
        for prefix, hint in missing:
            message = f"it has no label of `{prefix}`, and its type {bearer.type!r} needs one"
            yield bearer.fault(RULE, message, hint)
        if not missing and not bearer.labels and bearer.type in known.settings.required:
            message = f"it has no label, and its type {bearer.type!r} needs at least one"
            yield bearer.fault(RULE, message, "set one of those that `[labels]` declares")


def _missing(bearer: Bearer, known: Taxonomy) -> Iterator[tuple[str, str]]:
    there = {found.prefix for label in bearer.labels if (found := known.namespace(label))}
    for namespace in known.settings.namespaces:
        if bearer.type in namespace.required and namespace.prefix not in there:
            values = [*known.values[namespace.prefix]][:_MOST_NAMED]
            named = ", ".join(f"{namespace.prefix}{value}" for value in values)
            yield namespace.prefix, f"set one: {named}"
