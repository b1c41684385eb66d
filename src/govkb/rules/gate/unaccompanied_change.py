"""A change lacks what a gate asks for beside it.

## What it does

Looks whether each gate of the settings (`[[changes.gates]]`) is about the change: whether it
touches one of the gate's files or has one of its labels. If so every artifact that the gate needs
has to be added or edited by the same change. Deleting one doesn't count, and neither does a
template (`…_template.md`). A label whose bypass names the gate lets the change past, if all is true
that it claims.

## Why

What was decided and what was done is written down while it is known, or never. A later change that
makes up for it has no reviewer who still remembers.

## Bad

```toml ../govkb.toml
[changes.artifacts]
"session capture" = {files = ["session_capture/**/*.md"]}
"session summary" = {files = ["session_summary/agent_session_summary.md"]}

[[changes.gates]]
name = "session log"
files = ["modules/**", ".github/workflows/**"]
needs = ["session capture", "session summary"]
```

```yaml change:
labels: []
files: [modules/aws_eks/main.tf, session_capture/2026-01-23-eks.md]
```

```text ../modules/aws_eks/main.tf
version = "1.31"
```

```markdown ../session_capture/2026-01-23-eks.md
# A newer EKS
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
"session capture" = {files = ["session_capture/**/*.md"]}
"session summary" = {files = ["session_summary/agent_session_summary.md"]}

[[changes.gates]]
name = "session log"
files = ["modules/**", ".github/workflows/**"]
needs = ["session capture", "session summary"]
```

```yaml change:
labels: []
files:
  - modules/aws_eks/main.tf
  - session_capture/2026-01-23-eks.md
  - session_summary/agent_session_summary.md
```

```text ../modules/aws_eks/main.tf
version = "1.31"
```

```markdown ../session_capture/2026-01-23-eks.md
# A newer EKS
```

```markdown ../session_summary/agent_session_summary.md
# Sessions
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

Add what is missing to the same change. Where the gate shouldn't be about such a change, correct the
gate in a change of its own: gates are read from the branch that is merged into.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.gating import Artifact, Change
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.gates import gates_in_force, is_brought, what_counts
from govkb.rules.rule import Rule

RULE = Rule("GATE001", "unaccompanied-change", Severity.ERROR, needs_change=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every gate for which something is missing from the change."""
    change = base.change
    if change is None:
        return
    for gate, cause in gates_in_force(change):
        missing = [a for a in _needed(gate.needs, change) if not is_brought(a, base, change)]
        if missing:
            names = ", ".join(f"{artifact.name!r}" for artifact in missing)
            message = f"the gate {gate.name!r} needs {names} in the same change: {cause.reason}"
            hint = "; ".join(f"{a.name}: add or edit {what_counts(a)}" for a in missing)
            found = RULE.at_file(cause.path or change.place, message, hint=hint)
            yield replace(found, severity=gate.severity)


def _needed(names: tuple[str, ...], change: Change) -> list[Artifact]:
    return [change.gates.artifacts[name] for name in names]
