"""A record is exempt where nothing may be.

## What it does

Reports records that call themselves exempt (`exemption.field` in the settings) and are below one of
the `exemption.protected` globs.

## Why

An exemption lets a record leave out what everybody else must say. Where production is at stake,
that is exactly what is needed.

## Bad

```toml ../govkb.toml
[exemption]
field = "exempt"
fields = ["severity"]
protected = ["records/incidents/"]
```

```yaml ../templates/vocabulary.yaml
fields:
  exempt: {type: boolean}
```

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
detected: 2026-04-18
exempt: true
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
```

## Good

```toml ../govkb.toml
[exemption]
field = "exempt"
fields = ["severity"]
protected = ["records/incidents/production/"]
```

```yaml ../templates/vocabulary.yaml
fields:
  exempt: {type: boolean}
```

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
detected: 2026-04-18
exempt: true
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
```

## Fix

Remove the exemption and fill in what is missing, or move the record elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.globs import matcher
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("FIELD005", "exempt-in-protected-zone", Severity.ERROR)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """The exemption of a record that may have none."""
    exemption = terms.config.exemption
    if exemption.field is None or record.effective.get(exemption.field) is not True:
        return
    is_protected = matcher(exemption.protected)
    if is_protected is not None and is_protected(record.path):
        inherited = exemption.field not in record.metadata
        origin = ", handed down by its folder" if inherited else ""
        message = f"no record here may be exempt (`{exemption.field}: true`{origin})"
        yield RULE.at_key(record, (exemption.field,), message, hint=_hint(exemption.fields))


def _hint(fields: tuple[str, ...]) -> str | None:
    named = ", ".join(f"`{field}`" for field in fields)
    return f"remove it and fill in {named}" if named else "remove it"
