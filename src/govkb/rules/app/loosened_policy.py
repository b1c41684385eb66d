"""A change loosens the checks that it has to pass.

## What it does

Compares the settings and the types with those of the base (`govkb check --base REF`), and reports
what asks for less than it did: sections that are no longer append-only, rules that are switched off
or graded down, records or data files that are no longer read, a larger baseline, gates and labels
that ask for less of a change, and changes to a workflow that runs govkb. The rules of this family
go by the base's settings in any case.

## Why

Whoever wants to change what was learned can first change what protects it, and nobody looks at a
settings file as closely as at a record. That is for the owners to decide, apart from the rest.

## Bad

```toml base:../govkb.toml
[rules]
ignore = []
```

```toml ../govkb.toml
[rules]
ignore = ["APP"]
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

## Good

```toml base:../govkb.toml
[rules]
ignore = []
```

```toml ../govkb.toml
[rules]
ignore = []
severity = {FIELD004 = "error"}
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

Take it back, or have the owners agree: a check that runs with `--ignore loosened-policy` lets it
pass, and who may start one so is for your forge to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.policy import loosened
from govkb.rules.rule import Rule

RULE = Rule("APP012", "loosened-policy", Severity.ERROR, needs_base=True)

_HINT = "take it back, or have the owners agree to it: see `govkb rule APP012`"


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Everything that the base asks for and that isn't asked for any more."""
    if base.past is None:
        return
    for place, what in loosened(base.past, base):
        yield RULE.at_file(place, what, hint=_HINT)
