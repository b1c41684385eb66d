"""A section of a change's body has no box ticked.

## What it does

Looks for the sections that the settings name (`[changes.checklist]`, `sections`) among the headings
of the body, of whatever level, and asks that each has at least one box (`- [ ]`) that is ticked.
Without names every section counts that has boxes. Boxes in code and in comments are none.

## Why

A checklist that nobody has filled in says that nobody has thought about the question, and after the
merge there is nobody left to ask.

## Bad

```toml ../govkb.toml
[changes.checklist]
sections = ["Change Type", "Risk & Rollback"]
```

```yaml change:
body: |
  ## Change Type
  - [x] Bug fix
  - [ ] Feature

  ## Risk & Rollback
  - [ ] Rollback plan documented
  - [ ] Not applicable
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
sections = ["Change Type", "Risk & Rollback"]
```

```yaml change:
body: |
  ## Change Type
  - [x] Bug fix
  - [ ] Feature

  ## Risk & Rollback
  - [ ] Rollback plan documented
  - [x] Not applicable
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

Tick what is true: `[ ]` becomes `[x]`. Where nothing of it is, a box such as "Not applicable" says
so.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from govkb.diagnostics import Diagnostic, Severity
from govkb.gating.gates import CHECKLIST
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.change_bodies import ChangeBody, Part
from govkb.rules.gates import gates_bypassed
from govkb.rules.labels import MOST_SHOWN, shown
from govkb.rules.rule import Rule

RULE = Rule("GATE003", "unticked-section", Severity.ERROR, needs_change=True)

_HINT = "tick at least one of its boxes: `[ ]` becomes `[x]`"


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every section of the body that says nothing; of many the first."""
    change = base.change
    if change is None or change.gates.checklist is None or change.body is None:
        return
    if CHECKLIST not in gates_bypassed(change):
        found = _faults(ChangeBody(change.body), change.gates.checklist.sections)
        for message, hint in islice(found, MOST_SHOWN):
            yield RULE.at_file(change.place, message, hint=hint)


def _faults(body: ChangeBody, wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    parts: dict[str, Part] = {}
    for part in body.parts():
        known = parts.setdefault(_key(part.name), part)
        if not known.ticked and part.ticked:
            parts[_key(part.name)] = part
    if not parts:
        message = "the body has no sections, and the gate 'checklist' asks for some"
        yield message, _advice(body, wanted)
        return
    for name in wanted or [part.name for part in parts.values() if part.boxes]:
        part = parts.get(_key(name), Part(name, 0, 0))
        if _key(name) not in parts:
            yield f"the body has no section {shown(name)}", "fill in the template of changes"
        elif not part.boxes:
            yield f"the section {shown(name)} of the body has no boxes", f"restore them; {_HINT}"
        elif not part.ticked:
            yield f"the section {shown(name)} of the body has no box ticked", _HINT
    if not wanted and not any(part.boxes for part in parts.values()):
        yield "no section of the body has boxes", "fill in the template of changes"


def _advice(body: ChangeBody, wanted: tuple[str, ...]) -> str:
    if body.has_written_out_line_ends:
        return "it has `\\\\n` in the place of line ends: hand it over as a file"
    names = ", ".join(wanted)
    return f"fill in the template of changes{': ' if names else ''}{names}"


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
