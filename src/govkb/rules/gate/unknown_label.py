"""A label is not in the taxonomy.

## What it does

Holds the labels of the change (`govkb check-change --labels`), and in `govkb check` the field
`labels` of records, against `[labels]` in the settings. The values of a namespace can come from
records, such as the keys in a table of user stories. The nearest label is named; where none is
spelled alike, the one in the namespace that the same words are said of.

## Why

A label that nobody else uses is found by no search, and gates that go by labels don't see it.

## Bad

```toml ../govkb.toml
[[labels.namespaces]]
name = "tier"
values = ["full", "lite"]

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
labels: ["story:platform-bootstrap"]
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
labels: [tier/lite, "story:superuser-deploy"]
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

Take the one that is meant. A new label is added to the settings first.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.labels import Taxonomy
from govkb.rules.labels import Bearer, bearers, first_of, shown, taxonomy
from govkb.rules.rule import Rule

RULE = Rule("GATE008", "unknown-label", Severity.ERROR)

# To find what is near takes a while, and thousands of labels are no typing mistakes.
_MOST_ADVISED = 10


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every label that isn't there."""
    known = taxonomy(base)
    if known is None:
        return
    advised = count()
    for bearer in bearers(base):
        found = (_fault(bearer, label, known, advised) for label in _unknown(bearer, known))
        yield from first_of(found, bearer, RULE, "unknown label")


def _unknown(bearer: Bearer, known: Taxonomy) -> list[str]:
    return [label for label in bearer.labels if not known.has(label)]


def _fault(bearer: Bearer, label: str, known: Taxonomy, advised: Iterator[int]) -> Diagnostic:
    hint = known.advice(label) if next(advised) < _MOST_ADVISED else None
    return bearer.fault(RULE, f"no label is called {shown(label)}", hint, label)
