"""The baseline has findings that are gone.

## What it does

Says how many findings of the baseline no longer occur. This never makes a check fail.

## Why

What has been mended should count: as long as a finding stands in the baseline, the same fault can
come back without anybody being told.

## Bad

```toml ../govkb.toml
[rules]
baseline = "govkb-baseline.jsonl"
```

```json ../govkb-baseline.jsonl
{"govkb-baseline": 1}
{"code": "FIELD001", "path": "records/pitfalls/probe.md", "values": ["title"]}
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
[rules]
baseline = "govkb-baseline.jsonl"
```

```json ../govkb-baseline.jsonl
{"govkb-baseline": 1}
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

Write the baseline anew: `govkb check --write-baseline FILE`.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.rules.outcome import Outcome
from govkb.rules.rule import Rule

RULE = Rule("READ023", "stale-baseline", Severity.INFO)


def check_outcome(outcome: Outcome) -> Iterator[Diagnostic]:
    """How many findings of the baseline are gone, if any are."""
    if outcome.baseline is not None and outcome.gone:
        number, are = (outcome.gone, "are") if outcome.gone > 1 else ("one", "is")
        noun = "findings that" if outcome.gone > 1 else "finding that"
        message = f"the baseline has {number} {noun} {are} gone"
        hint = f"write it anew: `govkb check --write-baseline {outcome.baseline}`"
        yield RULE.at_file(outcome.baseline, message, hint=hint)
