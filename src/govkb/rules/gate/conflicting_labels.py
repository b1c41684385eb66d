"""Two labels are set of which only one can be true.

## What it does

Reports two labels of a namespace that is `exclusive` in `[labels]`, on the change that is asked
about and in the field `labels` of records.

## Why

Whatever goes by the label does one thing or the other, and nobody knows which.

## Bad

```toml ../govkb.toml
[[labels.namespaces]]
name = "tier"
values = ["full", "lite"]
exclusive = true

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
labels: [tier/full, tier/lite]
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
exclusive = true

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

Keep the one that is true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.labels import MOST_SHOWN, bearers, shown, taxonomy
from govkb.rules.rule import Rule

RULE = Rule("GATE009", "conflicting-labels", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every exclusive namespace with two labels set."""
    known = taxonomy(base)
    if known is None:
        return
    for bearer in bearers(base):
        together: dict[str, list[str]] = defaultdict(list)
        for label in bearer.labels:
            namespace = known.namespace(label)
            if namespace is not None and namespace.exclusive:
                together[namespace.prefix].append(label)
        for prefix, labels in together.items():
            if len(labels) > 1:
                names = ", ".join(map(shown, labels[:MOST_SHOWN]))
                message = f"of `{prefix}` only one label can be set, and there are: {names}"
                yield bearer.fault(RULE, message, "keep one of them", labels[1])
