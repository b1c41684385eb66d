"""What was chosen isn't among the choices.

## What it does

Compares the option that an item says was chosen with those that it offers. `α` and `alpha` are one.

## Why

An authorisation for `δ`, where α, β and γ were put forward, authorises something nobody described.

## Bad

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
---

# Handoff of 2026-04-21

## Executor actions

- [ ] `kubectl -n ge-gitlab delete cronjob pg-emergency-dump`
  - Options: α: delete it; β: suspend it; γ: keep it
  - Authorised: δ
  - Authorised by: reviewer
```

## Good

```markdown handoffs/HANDOFF-2026-04-21.md
---
id: HANDOFF-2026-04-21
title: Handoff of 2026-04-21
date: 2026-04-21
---

# Handoff of 2026-04-21

## Executor actions

- [ ] `kubectl -n ge-gitlab delete cronjob pg-emergency-dump`
  - Options: α: delete it; β: suspend it; γ: keep it
  - Authorised: alpha
  - Authorised by: reviewer
```

## Fix

Ask again which of the options is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.items import items_of
from govkb.rules.kinds_of_items import called
from govkb.rules.rule import Rule

RULE = Rule("ITEM012", "unoffered-choice", Severity.ERROR)

_GREEK = dict(
    zip(
        "αβγδεζηθ",
        ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"),
        strict=True,
    )
)
_CHOICE = re.compile(
    r"(?:\A|[;\n/]|,)[\s\-*+]*[(*_`]*(?P<name>[^\W_]+)[)*_`]*(?=\s*[:.)=–—-]|\s*(?:[;,/]|\Z))"
)
_FIRST = re.compile(r"\W*(?P<name>[^\W_]+)")


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every choice that isn't offered; where nothing is offered, nothing can be said."""
    for item in items_of(record):
        for chosen, offering in item.kind.chosen.items():
            offered = {
                _plain(found["name"]): found["name"]
                for found in _CHOICE.finditer(item.value(offering))
            }
            first = _FIRST.match(item.value(chosen))
            if first is not None and offered and _plain(first["name"]) not in offered:
                message = f"{called(item)}: {first['name']!r} is none of what it offers"
                hint = f"there are {', '.join(offered.values())}"
                yield RULE.at_offsets(record, *item.extent_in(record, chosen), message, hint=hint)


def _plain(name: str) -> str:
    name = name.casefold()
    return _GREEK.get(name, name)
