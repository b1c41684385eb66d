"""Nobody but the author reviews a change, or no person does.

## What it does

Counts the reviewers besides the author; there have to be as many as `least` in `[changes.review]`
says. Where the author is an agent, one of them has to be a person: somebody whom no pattern of
`agents` fits, or with `people` somebody whom one of those fits. Letter case doesn't count.

## Why

Whoever wrote a change doesn't see what is missing from it. Two agents agree too easily.

## Bad

```toml ../govkb.toml
[changes.review]
least = 1
agents = ["claude", "codex", "*[bot]"]
```

```yaml change:
author: claude
reviewers: [codex]
```

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

## Good

```toml ../govkb.toml
[changes.review]
least = 1
agents = ["claude", "codex", "*[bot]"]
```

```yaml change:
author: claude
reviewers: [codex, dj]
```

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

## Fix

Ask somebody else to review it, for agents a person. It is about who is asked: that somebody has
agreed is for your forge to demand.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.counting import counted
from govkb.diagnostics import Diagnostic, Severity
from govkb.gating import Change, ReviewGate
from govkb.gating.gates import REVIEW
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.gates import gates_bypassed
from govkb.rules.labels import shown
from govkb.rules.people import is_by_agent, is_person
from govkb.rules.rule import Rule

RULE = Rule("GATE005", "unreviewed-change", Severity.ERROR, needs_change=True)

_MOST_NAMED = 10


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Whether too few review the change, or nobody who may."""
    change = base.change
    if change is None or change.gates.review is None or REVIEW in gates_bypassed(change):
        return
    gate, author = change.gates.review, change.author or ""
    people = {name.casefold(): name for name in change.reviewers or ()}
    wrote = people.pop(author.casefold(), None) is not None
    others = list(people.values())
    if len(others) < gate.least:
        message = _too_few(gate, change, others, wrote)
        yield RULE.at_file(change.place, message, hint="ask somebody else to review it")
    elif is_by_agent(change) and not any(is_person(name, gate) for name in others):
        names = ", ".join(others[:_MOST_NAMED]) or "nobody"
        message = f"the author {shown(author)} is an agent, and no person reviews it: {names}"
        yield RULE.at_file(change.place, message, hint="ask a person to review it")


def _too_few(gate: ReviewGate, change: Change, others: list[str], wrote: bool) -> str:
    if not others:
        only = f"the only reviewer is its author, {shown(change.author or '')}"
        return only if wrote else "nobody is asked to review it"
    asked = counted(gate.least, "reviewer")
    return f"it needs {asked} besides its author, and has {len(others)}: {', '.join(others)}"
