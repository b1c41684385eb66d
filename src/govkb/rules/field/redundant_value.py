"""A record repeats what its folder hands down.

## What it does

Reports fields of records and sidecars that say exactly what the record would inherit without them.
Fields that are never handed down in effect (ids, titles, types, statuses, relations) don't count.

## Why

When the folder's value changes, the copy stays behind, and nobody knows whether it was meant.

## Bad

```toml ../govkb.toml
[inheritance]
file = "metadata.yaml"

[rules.severity]
redundant-value = "info"
```

```yaml incidents/metadata.yaml
owner: sre
```

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
owner: sre
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
```

## Good

```toml ../govkb.toml
[inheritance]
file = "metadata.yaml"

[rules.severity]
redundant-value = "info"
```

```yaml incidents/metadata.yaml
owner: sre
```

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
```

## Fix

Remove the field; `govkb check --fix` does it. `govkb show ID --effective` says where each value
comes from.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Fix, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.frontmatter_edits import without_field
from govkb.rules.rule import Rule

RULE = Rule("FIELD010", "redundant-value", Severity.INFO, fixable=True, on_request=True)

# What a record says of itself, whatever its folder says.
_OWN = frozenset(
    ("id", "title", "type", "date", "status", "status_history", "aliases", "inheritance")
)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every field whose value would be the same without it."""
    inherited = record.inherited.values
    if not inherited:
        return
    for name, value in record.metadata.items():
        if name in inherited and inherited[name] == value and not _is_own(record, name):
            yield _fault(record, name)


def _is_own(record: Record, name: str) -> bool:
    """Whether a field is asked of the record itself; or it shuts out what is handed down."""
    of = record.type
    if name in _OWN or of is None:
        return True
    agreeing = {path[0] for path in of.agrees.values()}
    if name in of.relations or name in of.inverses or name in agreeing:
        return True
    own = {key: value for key, value in record.metadata.items() if key != name}
    return bool(record.inherited.effective(own).get(name) != record.metadata[name])


def _fault(record: Record, name: str) -> Diagnostic:
    sidecar = record.inherited.origins({}).get((name,))
    whose = f"`{sidecar}`" if sidecar else "its folder"
    message = f"`{name}` says what {whose} hands down already"
    edit = without_field(record, name)
    fix = Fix(f"remove `{name}`", (edit,)) if edit else None
    return RULE.at_key(record, (name,), message, hint="remove it", value=False, fix=fix)
