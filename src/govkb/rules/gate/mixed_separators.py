"""A namespace of labels is written with two separators.

## What it does

Reports names under which `[labels]` declares two namespaces that differ in the separator only, such
as `tier/full` and `tier:0-platform-substrate`.

## Why

Nobody remembers which is which, and a search for one doesn't find the other.

## Bad

```toml ../govkb.toml
[[labels.namespaces]]
name = "tier"
values = ["full", "lite"]

[[labels.namespaces]]
name = "tier"
separator = ":"
values = ["0-platform-substrate"]
```

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

## Good

```toml ../govkb.toml
[[labels.namespaces]]
name = "tier"
values = ["full", "lite"]

[[labels.namespaces]]
name = "layer"
separator = "/"
values = ["0-platform-substrate"]
```

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

Take one separator for both, or another name for one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.labels import own_taxonomy, place_of
from govkb.rules.rule import Rule

RULE = Rule("GATE011", "mixed-separators", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every name with two separators."""
    settings = own_taxonomy(base)
    prefixes: dict[str, list[str]] = defaultdict(list)
    for namespace in settings.namespaces if settings is not None else ():
        prefixes[namespace.name.casefold()].append(namespace.prefix)
    for name, found in prefixes.items():
        if len(found) > 1:
            written = " and ".join(f"`{prefix}`" for prefix in found)
            message = f"labels of {name!r} are divided in {len(found)} ways: {written}"
            hint = "take one separator for all, or give one of them another name"
            yield RULE.at_file(place_of(base), message, hint=hint)
