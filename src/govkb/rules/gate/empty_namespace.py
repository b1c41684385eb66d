"""A namespace of labels has no values.

## What it does

Reports namespaces whose values come from records (`values_from` in `[labels]`) where there are
none: the record isn't there, its tables have no such column, or no record is of that type.

## Why

Every label of the namespace is unknown then, and its users are told so instead of those who moved
the table.

## Bad

```toml ../govkb.toml
[[labels.namespaces]]
name = "story"
separator = ":"
values_from = {record = "probe-before-classify", column = "Key"}
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
name = "story"
separator = ":"
values_from = {record = "probe-before-classify", column = "Key"}
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

| Key | Story |
|---|---|
| `superuser-deploy` | A plan is applied without a hand being lent. |

## Rule

Look at the current state first.
```

## Fix

Correct the record, column or type that `values_from` names.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.gating import ValueSource
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.labels import taxonomy_of
from govkb.rules.labels import own_taxonomy, place_of
from govkb.rules.rule import Rule

RULE = Rule("GATE013", "empty-namespace", Severity.WARNING)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every namespace without values, with the reason."""
    settings = own_taxonomy(base)
    if settings is None:
        return
    known = taxonomy_of(settings, base)
    for namespace in settings.namespaces:
        if namespace.source is not None and not known.values[namespace.prefix]:
            message = (
                f"labels of `{namespace.prefix}` have no values: {_reason(namespace.source, base)}"
            )
            hint = "correct `values_from`, or what it names"
            yield RULE.at_file(place_of(base), message, hint=hint)


def _reason(source: ValueSource, base: KnowledgeBase) -> str:
    if source.type is not None:
        return f"no record of the type {source.type!r} has a value in {source.field!r}"
    if base.graph.resolver.resolve_name(source.record or "").record is None:
        return f"{source.record!r} names no record"
    return f"no table of {source.record} has a row with a column {source.column!r}"
