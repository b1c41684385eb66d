"""Two ids or paths differ only in letter case or Unicode form.

## What it does

Compares all ids and all paths after Unicode normalisation and case folding.

## Why

On macOS and Windows the two are one file: a checkout loses one of them. On the site they fight
for one address.

## Bad

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

```markdown pitfalls/Probe-before-classify.md
---
id: look-twice
title: Look twice
enforcement: none
---

# Look twice

## Pattern

One look is taken for two.

## Rule

Look again.
```

## Good

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

```markdown pitfalls/look-twice.md
---
id: look-twice
title: Look twice
enforcement: none
---

# Look twice

## Pattern

One look is taken for two.

## Rule

Look again.
```

## Fix

Rename one of the two so that they differ in more than their spelling.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.rule import Rule

RULE = Rule("ID004", "colliding-name", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every file whose path, or whose id, collides with another's."""
    for same in _alike((result.path, result.path) for result in base.results):
        for path in same.values():
            others = [other for other in same.values() if other != path]
            yield from _collision(path, "path", others)
    records = (record for record in base.records if record.id)
    for same in _alike((record.id, record.path) for record in records):
        for record_id, path in same.items():
            others = [other for other_id, other in same.items() if other_id != record_id]
            yield from _collision(path, f"id {record_id!r}", others)


def _alike(names: Iterable[tuple[str, str]]) -> Iterable[dict[str, str]]:
    """The groups of different names that are spelled alike, each with the first path it is at."""
    first: dict[str, tuple[str, str]] = {}
    groups: dict[str, dict[str, str]] = {}
    for name, path in names:
        folded = _folded(name)
        other = first.setdefault(folded, (name, path))
        if other[0] != name:
            groups.setdefault(folded, dict([other])).setdefault(name, path)
    return groups.values()


def _collision(path: str, what: str, others: list[str]) -> Iterator[Diagnostic]:
    message = f"its {what} differs from another only in letter case or Unicode form"
    related = tuple(Related(f"the other {what.split()[0]}", other) for other in others)
    yield RULE.at_file(path, message, hint="rename one of them", related=related)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()
