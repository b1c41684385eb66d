"""A record leaves out one that names it.

## What it does

Where both ends of a relation write it (`caused_by` here, `causes` there), each should name the
other. Reports the pairs of which only one end knows, as information: the other end is worked out
in any case. For relations that can't go in a circle `one-sided-relation` reports an error.

## Why

A list that seems complete is taken for complete.

## Bad

```markdown incidents/INC-20260418-B-zero-backups.md
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
caused_by: INC-20260418-C
---

# Zero backups

## Summary

No backup was written for 74 days.
```

```markdown incidents/INC-20260418-C-disk-full.md
---
id: INC-20260418-C
title: Disk full
severity: high
detected: 2026-04-18
causes: INC-20260418-D
---

# Disk full

## Summary

No backup was written for 74 days.
```

```markdown incidents/INC-20260418-D-no-mail.md
---
id: INC-20260418-D
title: No mail
severity: high
detected: 2026-04-18
---

# No mail

## Summary

No backup was written for 74 days.
```

## Good

```markdown incidents/INC-20260418-B-zero-backups.md
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
caused_by: INC-20260418-C
---

# Zero backups

## Summary

No backup was written for 74 days.
```

```markdown incidents/INC-20260418-C-disk-full.md
---
id: INC-20260418-C
title: Disk full
severity: high
detected: 2026-04-18
---

# Disk full

## Summary

No backup was written for 74 days.
```

```markdown incidents/INC-20260418-D-no-mail.md
---
id: INC-20260418-D
title: No mail
severity: high
detected: 2026-04-18
caused_by: INC-20260418-C
---

# No mail

## Summary

No backup was written for 74 days.
```

## Fix

Add the record that is left out, or write the relation at one end only.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.agreement import unreturned
from govkb.rules.relations import kinds
from govkb.rules.rule import Rule

RULE = Rule("REL010", "unreturned-relation", Severity.INFO)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record that leaves out another which says that they belong together."""
    for kind in kinds(base):
        if not kind.acyclic and not kind.is_symmetric:
            for found in unreturned(base, kind):
                yield RULE.at_key(
                    found.record,
                    found.field,
                    found.message,
                    hint=found.hint,
                    related=(found.place,),
                )
