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
from collections import defaultdict
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.rule import Rule

RULE = Rule("ID004", "colliding-name", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every file whose path, or whose id, collides with another's."""
    by_path: dict[str, list[str]] = defaultdict(list)
    by_id: dict[str, dict[str, str]] = defaultdict(dict)
    for result in base.results:
        by_path[_folded(result.path)].append(result.path)
        if result.record is not None and result.record.id:
            by_id[_folded(result.record.id)].setdefault(result.record.id, result.path)
    for paths in by_path.values():
        for path in paths if len(paths) > 1 else ():
            yield from _collision(path, "path", [other for other in paths if other != path])
    for ids in by_id.values():
        for record_id, path in ids.items() if len(ids) > 1 else ():
            yield from _collision(
                path, f"id {record_id!r}", [p for i, p in ids.items() if i != record_id]
            )


def _collision(path: str, what: str, others: list[str]) -> Iterator[Diagnostic]:
    message = f"its {what} differs from another only in letter case or Unicode form"
    related = tuple(Related(f"the other {what.split()[0]}", other) for other in others)
    yield RULE.at_file(path, message, hint="rename one of them", related=related)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
