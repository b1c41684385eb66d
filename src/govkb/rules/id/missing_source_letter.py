"""One of several records from the same source lacks its letter.

## What it does

Counts the records of one day that come from one source, such as decisions from one brief. From as
many on as the type says (`letter_rule`, three for decisions), each must have the letter of its
bullet in its id.

## Why

With one or two the slug is enough. Of six decisions that answer one brief, the letter is the only
quick way to see which of them answers what, and that none was forgotten.

## Bad

```markdown briefs/BRIEF-20260421-sought.md
---
id: BRIEF-20260421-sought
title: Decisions sought
---

# Decisions sought

## Context

Three things are open.

## Decisions sought

- A: Who checks the session?
- B: Who merges?
- C: Who tells the others?
```

```markdown decisions/DEC-20260421-A-spot-check.md
---
id: DEC-20260421-A
title: Spot-check
date: 2026-04-21
source:
  brief: BRIEF-20260421-sought
  bullet: A
---

# Spot-check

## Context

Six questions came in one brief.

## Decision

Look first.
```

```markdown decisions/DEC-20260421-B-cut-over.md
---
id: DEC-20260421-B
title: Cut over
date: 2026-04-21
source:
  brief: BRIEF-20260421-sought
  bullet: B
---

# Cut over

## Context

Six questions came in one brief.

## Decision

Look first.
```

```markdown decisions/DEC-20260421-keep-archives.md
---
id: DEC-20260421-keep-archives
title: Keep archives
date: 2026-04-21
source:
  brief: BRIEF-20260421-sought
---

# Keep archives

## Context

Six questions came in one brief.

## Decision

Look first.
```

## Good

```markdown briefs/BRIEF-20260421-sought.md
---
id: BRIEF-20260421-sought
title: Decisions sought
---

# Decisions sought

## Context

Three things are open.

## Decisions sought

- A: Who checks the session?
- B: Who merges?
- C: Who tells the others?
```

```markdown decisions/DEC-20260421-A-spot-check.md
---
id: DEC-20260421-A
title: Spot-check
date: 2026-04-21
source:
  brief: BRIEF-20260421-sought
  bullet: A
---

# Spot-check

## Context

Six questions came in one brief.

## Decision

Look first.
```

```markdown decisions/DEC-20260421-B-cut-over.md
---
id: DEC-20260421-B
title: Cut over
date: 2026-04-21
source:
  brief: BRIEF-20260421-sought
  bullet: B
---

# Cut over

## Context

Six questions came in one brief.

## Decision

Look first.
```

```markdown decisions/DEC-20260421-C-keep-archives.md
---
id: DEC-20260421-C
title: Keep archives
date: 2026-04-21
source:
  brief: BRIEF-20260421-sought
  bullet: C
---

# Keep archives

## Context

Six questions came in one brief.

## Decision

Look first.
```

## Fix

Give the record the id with the letter of its bullet, rename its file, and correct what cites it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types.fields import dotted
from govkb.record_types.record_type import LetterRule
from govkb.rules.rule import Rule

RULE = Rule("ID011", "missing-source-letter", Severity.ERROR)

_SHOWN = 20


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every record without a letter among too many of one day and one source."""
    groups: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for record in base.records:
        rule = record.type.letter_rule if record.type is not None else None
        if rule is not None and record.type is not None and record.date is not None:
            source = record.at(rule.field)
            if isinstance(source, str) and source.strip():
                groups[record.type.name, record.date, source.strip()].append(record)
    for (_, day, source), records in groups.items():
        rule = records[0].type.letter_rule if records[0].type is not None else None
        if rule is not None and len(records) >= rule.at_least:
            for record in records:
                if record.tokens and "letter" not in record.tokens:
                    yield _fault(record, rule, records, day, source)


def _fault(
    record: Record, rule: LetterRule, records: list[Record], day: str, source: str
) -> Diagnostic:
    assert record.type is not None
    plural = record.type.plural.lower()
    message = f"{record.id} has no letter, and {len(records)} {plural} of {day} come from {source}"
    limit = f"from {rule.at_least} of one `{dotted(rule.field)}` on"
    hint = f"{limit}, each has its letter, as in {_example(record)}"
    others = islice((other for other in records if other is not record), _SHOWN)
    related = tuple(Related(f"so does {other.id}", other.path) for other in others)
    return RULE.at_key(record, ("id",), message, hint=hint, related=related)


def _example(record: Record) -> str:
    """What the record's id looks like with its letter, as far as that is known."""
    assert record.type is not None
    pattern = next(form.id for form in record.type.forms if "letter" in form.id.tokens)
    letter = record.at(record.type.agrees.get("letter", ()))
    tokens = {**record.tokens, "letter": letter if isinstance(letter, str) else "A"}
    return pattern.fill(tokens) if set(pattern.tokens) <= set(tokens) else pattern.example
