"""The body of a change lacks a line that has to be there.

## What it does

Looks in the body for a line `NAME: …` that says something, for every name in `lines` of
`[changes.checklist]`, and where the author is an agent also for those in `agent_lines`. The line
may be an item, its name in bold type. Who is an agent is what `agents` of `[changes.review]` says,
or `govkb check-change --agent`.

## Why

Agents write more changes than people can weigh. What a change is worth, in a word, is what they are
asked for first.

## Bad

```toml ../govkb.toml
[changes.checklist]
agent_lines = ["VQ Class"]

[changes.review]
agents = ["claude", "*[bot]"]
```

```yaml change:
author: claude
reviewers: [dj]
body: |
  ## Change Type
  - [x] Bug fix

  VQ Class:
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
[changes.checklist]
agent_lines = ["VQ Class"]

[changes.review]
agents = ["claude", "*[bot]"]
```

```yaml change:
author: claude
reviewers: [dj]
body: |
  ## Change Type
  - [x] Bug fix

  **VQ Class:** HV/HQ
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

Write the line: `VQ Class: HV/HQ`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.gating.gates import CHECKLIST
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.change_bodies import ChangeBody
from govkb.rules.gates import gates_bypassed
from govkb.rules.people import is_by_agent
from govkb.rules.rule import Rule

RULE = Rule("GATE004", "missing-line", Severity.ERROR, needs_change=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every line that the body lacks."""
    change = base.change
    if change is None or change.gates.checklist is None or change.body is None:
        return
    if CHECKLIST in gates_bypassed(change):
        return
    checklist, body = change.gates.checklist, ChangeBody(change.body)
    is_agent = is_by_agent(change)
    for name in (*checklist.lines, *(checklist.agent_lines if is_agent else ())):
        if not body.says(name):
            who = " of an agent" if is_agent and name in checklist.agent_lines else ""
            message = f"the body of a change{who} needs a line `{name}: …`, and has none"
            yield RULE.at_file(change.place, message, hint=f"write what it is after `{name}:`")
