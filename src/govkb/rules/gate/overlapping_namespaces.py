"""Two namespaces of labels have the same values.

## What it does

Reports two namespaces that share several of the values that `[labels]` lists, or half of those that
one of them has, such as `kind/bug` and `type:bug`; and bare labels that are a value of a namespace
too. Values that come from records aren't looked at.

## Why

Half of the records have the one and half the other: neither finds them all, and which is meant
where both are set and differ is anybody's guess.

## Bad

```toml ../govkb.toml
[[labels.namespaces]]
name = "kind"
values = ["bug", "adr"]

[[labels.namespaces]]
name = "type"
separator = ":"
values = ["bug", "docs"]
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
name = "kind"
values = ["bug", "adr", "docs"]
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

Keep one of the two. Where both are meant to be there, say so: `ignore = ["overlapping-namespaces"]`
under `[rules]`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from govkb.diagnostics import Diagnostic, Severity
from govkb.gating import LabelSettings
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.labels import MOST_SHOWN, own_taxonomy, place_of
from govkb.rules.rule import Rule

RULE = Rule("GATE012", "overlapping-namespaces", Severity.WARNING)

# One word may well mean two things: `domain:infra` and `kind/infra`.
_MANY = 2
_MOST_TOGETHER = 8
_BARE = ""


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every two namespaces with what they share."""
    settings = own_taxonomy(base)
    for places, values in _shared(settings).items() if settings is not None else ():
        named = ", ".join(values[:MOST_SHOWN])
        written = " and ".join(f"`{place}`" if place else "the bare labels" for place in places)
        message = f"{written} share {named}"
        yield RULE.at_file(place_of(base), message, hint="keep one of them for that")


def _shared(settings: LabelSettings) -> dict[tuple[str, str], list[str]]:
    """Values that stand in two namespaces, by the prefixes of both; of bare ones that is empty."""
    holders: dict[str, dict[str, None]] = defaultdict(dict)
    for namespace in settings.namespaces:
        for value in namespace.values:
            holders[value][namespace.prefix] = None
    for label in settings.bare:
        holders[label][_BARE] = None
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for value, places in holders.items():
        for pair in combinations([*places][:_MOST_TOGETHER], 2):
            shared[pair].append(value)
    sizes = {namespace.prefix: len(namespace.values) for namespace in settings.namespaces}
    return {pair: values for pair, values in shared.items() if _counts(pair, len(values), sizes)}


def _counts(pair: tuple[str, str], number: int, sizes: dict[str, int]) -> bool:
    """Whether two share enough: several values, half of one of them, or a bare label."""
    half = min(sizes.get(place, 0) for place in pair) / 2
    return number >= _MANY or number >= half
