"""No record of a type names a file that has to be traced.

## What it does

Looks for the name of each file that the change adds or edits and that a trace of the settings is
about (`[[changes.traces]]`), in the records of each type that the trace names: text, code and
frontmatter. The name counts as a whole: `deploy.sh` isn't named by `redeploy.sh` or
`deploy.sh.bak`. Where a record writes a path it has to be the file's own: `tools/deploy.sh` doesn't
name `scripts/deploy.sh`.

## Why

A script that no decision mentions can be neither understood nor removed by those who come later.

## Bad

```toml ../govkb.toml
[[changes.traces]]
files = ["scripts/*.sh", "scripts/*.py"]
types = ["pitfall"]
```

```yaml change:
files: [scripts/probe.sh]
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

```sh ../scripts/probe.sh
#!/bin/sh
exit 0
```

## Good

```toml ../govkb.toml
[[changes.traces]]
files = ["scripts/*.sh", "scripts/*.py"]
types = ["pitfall"]
```

```yaml change:
files: [scripts/probe.sh]
```

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory. `scripts/probe.sh` asks first.

## Rule

Look at the current state first.
```

```sh ../scripts/probe.sh
#!/bin/sh
exit 0
```

## Fix

Name the file in the record that says why it is there; if there is none, write it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from govkb.counting import counted
from govkb.diagnostics import Diagnostic, Severity
from govkb.gating import Change, Trace
from govkb.gating.gates import TRACE
from govkb.globs import matcher
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.gates import gates_bypassed
from govkb.rules.labels import MOST_SHOWN
from govkb.rules.rule import Rule
from govkb.rules.traces import files_named

RULE = Rule("GATE006", "untraced-file", Severity.WARNING, needs_change=True)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every file of the change that lacks a record which names it; of many the first."""
    change = base.change
    if change is None or TRACE in gates_bypassed(change):
        return
    for trace in change.gates.traces:
        untraced = _untraced(base, change, trace)
        for path, kinds in islice(untraced.items(), MOST_SHOWN):
            message = f"it is named in no record of the type {', nor of '.join(map(repr, kinds))}"
            yield RULE.at_file(path, message, hint="name it where it is told why it is there")
        rest = len(untraced) - MOST_SHOWN
        if rest > 0:
            message = f"{counted(rest, 'file')} more that no record names"
            yield RULE.at_file(change.place, message)


def _untraced(base: KnowledgeBase, change: Change, trace: Trace) -> dict[str, list[str]]:
    """The files that aren't named, each with the types of records that lack it."""
    fits = matcher(trace.files)
    wanted = [path for path in change.files if fits is not None and fits(path)]
    found: dict[str, list[str]] = {}
    for kind in trace.types if wanted else ():
        texts = (record.source.data for record in base.of_type(kind))
        named = files_named(texts, wanted)
        for path in wanted:
            if path not in named:
                found.setdefault(path, []).append(kind)
    return dict(sorted(found.items()))
