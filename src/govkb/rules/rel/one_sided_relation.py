"""Two records say different things about one relation.

## What it does

A relation is written at one of its two ends, and the other end is worked out. Where both ends
write it (`supersedes` here, `superseded_by` there), they must name each other. Reports the pairs
of which only one end knows, for relations that can't go in a circle.

## Why

Whoever reads the one file is sent to another record than whoever reads the other.

## Bad

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
supersedes: DEC-20260421-look-at-all
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-look-at-all.md
---
id: DEC-20260421-look-at-all
title: Look at all commits
date: 2026-04-21
status: superseded
superseded_by: DEC-20260421-look-at-none
---

# Look at all commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-look-at-none.md
---
id: DEC-20260421-look-at-none
title: Look at no commit
date: 2026-04-21
status: ratified
---

# Look at no commit

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Good

```markdown decisions/DEC-20260421-spot-check.md
---
id: DEC-20260421-spot-check
title: Spot-check three commits
date: 2026-04-21
status: ratified
supersedes: DEC-20260421-look-at-all
---

# Spot-check three commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-look-at-all.md
---
id: DEC-20260421-look-at-all
title: Look at all commits
date: 2026-04-21
status: superseded
superseded_by: DEC-20260421-spot-check
---

# Look at all commits

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

```markdown decisions/DEC-20260421-look-at-none.md
---
id: DEC-20260421-look-at-none
title: Look at no commit
date: 2026-04-21
status: ratified
---

# Look at no commit

## Context

Eight commits landed together.

## Decision

Look at the first, the middle and the last.
```

## Fix

Add what is missing, or take out what is wrong. Written at one end only, it can't disagree.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.agreement import unreturned
from govkb.rules.relations import kinds
from govkb.rules.rule import Rule

RULE = Rule("REL002", "one-sided-relation", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record that leaves out another which says that they belong together."""
    for kind in kinds(base):
        if kind.acyclic:
            for found in unreturned(base, kind):
                yield RULE.at_key(
                    found.record,
                    found.field,
                    found.message,
                    hint=found.hint,
                    related=(found.place,),
                )
