"""A gate sends a change to reviewers who are not asked yet.

## What it does

Says whom the gates that are about a change (`reviewers` in `[[changes.gates]]`) want to review it,
but for those who are asked already. It never makes `govkb check-change` fail: names of teams are
the forge's, and members stand for them.

## Why

Who has to see a change depends on what it touches, and its author may not know.

## Bad

```toml ../govkb.toml
[changes.artifacts]
decision = {types = ["decision"]}

[[changes.gates]]
name = "security"
files = ["policies/**"]
reviewers = ["platform-team", "security-team"]
```

```yaml change:
files: [policies/access.yaml]
reviewers: [platform-team]
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
[changes.artifacts]
decision = {types = ["decision"]}

[[changes.gates]]
name = "security"
files = ["policies/**"]
reviewers = ["platform-team", "security-team"]
```

```yaml change:
files: [policies/access.yaml]
reviewers: [platform-team, security-team]
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

Ask them. With a grade of its own the rule can demand it: `unasked-reviewer = "error"` under
`[rules.severity]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.gates import gates_in_force, is_among
from govkb.rules.rule import Rule

RULE = Rule("GATE007", "unasked-reviewer", Severity.INFO, needs_change=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every gate with reviewers of its own, and those who are not asked."""
    change = base.change
    if change is None:
        return
    for gate, cause in gates_in_force(change):
        asked = change.reviewers or ()
        others = [name for name in gate.reviewers if not is_among(name, asked)]
        if others:
            message = f"the gate {gate.name!r} sends it to {', '.join(others)}: {cause.reason}"
            yield RULE.at_file(cause.path or change.place, message, hint="ask them to review it")
