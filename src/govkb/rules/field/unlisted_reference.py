"""A relation is not written as a list.

## What it does

Reports a relation that its type or the vocabulary declares with `list: true` and that is written as
a single value. It counts all the same.

## Why

Other programs that read the frontmatter expect one shape, and the second reference gets lost where
nobody saw that there may be two.

## Bad

```yaml ../templates/vocabulary.yaml
relations:
  relates_to: {label: Related to, symmetric: true, list: true}
```

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before classify
enforcement: none
relates_to: look-twice
---

# Probe before classify

## Pattern

An incident gets its severity from what somebody remembers.

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

The first look sees what it expects.

## Rule

Look again.
```

## Good

```yaml ../templates/vocabulary.yaml
relations:
  relates_to: {label: Related to, symmetric: true, list: true}
```

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before classify
enforcement: none
relates_to:
  - look-twice
---

# Probe before classify

## Pattern

An incident gets its severity from what somebody remembers.

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

The first look sees what it expects.

## Rule

Look again.
```

## Fix

Write `- ` before the value, on a line of its own; `govkb check --fix` does it.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb import strict_yaml
from govkb.diagnostics import Diagnostic, Edit, Fix, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("FIELD006", "unlisted-reference", Severity.WARNING, fixable=True)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every relation that must be a list and isn't one."""
    if record.type is None:
        return
    uses, elsewhere = record.type.uses, record.type.from_body
    for name, value in record.metadata.items():
        use = uses.get(name) if isinstance(value, str | dict) and value else None
        if use is not None and use.is_list and name not in elsewhere:
            message = f"`{name}` must be a list, also with one record"
            fix = _fix(record, name, value)
            yield RULE.at_key(record, (name,), message, hint="write `- ` before it", fix=fix)


def _fix(record: Record, name: str, value: object) -> Fix | None:
    """Puts a text on a line of its own; None where that doesn't give the same text."""
    _, key_end = record.extent_of((name,))
    start, end = record.extent_of((name,), value=True)
    text = f":\n  - {record.source.text(start, end)}"
    before = record.source.text(record.yaml_start, key_end)
    after = record.source.text(end, record.yaml_end)
    wanted = {**record.metadata, name: [value]}
    if strict_yaml.load(before + text + after).value != wanted:
        return None
    return Fix(f"write `{name}` as a list", (Edit(key_end, end, text),))
