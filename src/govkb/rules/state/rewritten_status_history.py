"""A step of a `status_history` was changed or is gone.

## What it does

Compares `status_history` with the one in the base (`govkb check --base REF`): its steps must
still be there, in the same order and saying the same; new ones come after them.

## Why

What can be rewritten later proves nothing.

## Bad

```markdown base:decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
status: proposed
status_history:
  - {at: 2026-04-21T10:00:00Z, to: proposed, by: anna}
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
status: ratified
status_history:
  - {at: 2026-04-21T10:00:00Z, to: proposed, by: ben}
  - {at: 2026-04-22T09:00:00Z, from: proposed, to: ratified, by: ben}
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Good

```markdown base:decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
status: proposed
status_history:
  - {at: 2026-04-21T10:00:00Z, to: proposed, by: anna}
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-D-spot-check-three-commits.md
---
id: DEC-20260421-D
title: Spot-check three commits
date: 2026-04-21
status: ratified
status_history:
  - {at: 2026-04-21T10:00:00Z, to: proposed, by: anna}
  - {at: 2026-04-22T09:00:00Z, from: proposed, to: ratified, by: ben}
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Fix

Restore the steps as they were. One that was wrong is answered by another with a `note`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.rules.rule import Rule
from govkb.rules.status_history import FIELD, steps_of

RULE = Rule("STATE008", "rewritten-status-history", Severity.ERROR, needs_base=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """The first step, of every record, that isn't what it was."""
    for record_id, before in base.before.items():
        after = base.records_by_id.get(record_id)
        if after is None or FIELD not in before.metadata:
            continue
        if before.metadata[FIELD] != after.metadata.get(FIELD):
            yield from _changed(before, after)


def _changed(before: Record, after: Record) -> Iterator[Diagnostic]:
    old, new = steps_of(before), steps_of(after)
    for number, step in enumerate(old):
        if number >= len(new):
            message = f"the step of {step.at} to {step.to!r} is gone from `{FIELD}`"
            yield RULE.at_key(after, (FIELD,), message, hint="restore it", value=False)
            return
        if new[number].said != step.said:
            message = f"the step of {step.at} to {step.to!r} was changed"
            hint = f"it was: {step.shown}"
            yield RULE.at_key(after, (FIELD, new[number].number), message, hint=hint)
            return
