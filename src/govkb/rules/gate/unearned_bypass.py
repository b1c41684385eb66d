"""A label claims what is not so, to let a change past a gate.

## What it does

Verifies what each label claims that is declared as a bypass (`[[changes.bypasses]]`): that only
certain files are touched, or some are, that few lines are changed, where the change goes and who it
is from. Where something isn't so, or can't be told, the label is a fault and the gates stay shut. A
bypass that claims nothing, such as an exemption, is taken at its word.

## Why

Anybody who may set a label could otherwise switch off the gates, by mistake or not.

## Bad

```toml ../govkb.toml
[changes.artifacts]
changelog = {files = ["docs/changelog/entries/CL-*.md"]}

[[changes.gates]]
name = "changelog"
files = ["modules/**"]
needs = ["changelog"]

[[changes.bypasses]]
label = "docs-only"
gates = ["changelog"]
only_files = ["*.md"]
```

```yaml change:
labels: [docs-only]
files: [docs/how-to.md, modules/aws_eks/main.tf]
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
changelog = {files = ["docs/changelog/entries/CL-*.md"]}

[[changes.gates]]
name = "changelog"
files = ["modules/**"]
needs = ["changelog"]

[[changes.bypasses]]
label = "docs-only"
gates = ["changelog"]
only_files = ["*.md"]
```

```yaml change:
labels: [docs-only]
files: [docs/how-to.md, modules/aws_eks/README.md]
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

Take the label off, or take what it says isn't there into a change of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.gates import bypasses_claimed, untrue_claims
from govkb.rules.rule import Rule

RULE = Rule("GATE002", "unearned-bypass", Severity.ERROR, needs_change=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every label that lets nobody past, with what isn't so."""
    change = base.change
    if change is None:
        return
    for bypass in bypasses_claimed(change):
        untrue = list(untrue_claims(bypass, change))
        if untrue:
            message = f"the label {bypass.label!r} claims what is not so: {'; '.join(untrue)}"
            gates = ", ".join(map(repr, bypass.gates))
            hint = f"take it off: the change has to pass {gates}"
            yield RULE.at_file(change.place, message, hint=hint)
