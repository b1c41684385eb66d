"""Sections stand in another order than their type declares.

## What it does

For types with `section_order: true`, reports the sections that would have to be moved so that all
stand in the declared order. Other headings may be anywhere.

## Why

A form that is read every day is read from memory: what is out of place is taken for missing.

## Bad

```yaml ../templates/playbook/type.yaml
type: playbook
label: Playbook
purpose: What to do when the pager rings.
id: "PB-{seq:4}"
path: "playbooks/{id}.md"
section_order: true
sections:
  Steps: {required: true}
  Rollback: {}
```

```markdown playbooks/PB-0001.md
---
id: PB-0001
title: Unseal the vault
---

# Unseal the vault

## Rollback

Seal it again.

## Steps

Enter three keys.
```

## Good

```yaml ../templates/playbook/type.yaml
type: playbook
label: Playbook
purpose: What to do when the pager rings.
id: "PB-{seq:4}"
path: "playbooks/{id}.md"
section_order: true
sections:
  Steps: {required: true}
  Rollback: {}
```

```markdown playbooks/PB-0001.md
---
id: PB-0001
title: Unseal the vault
---

# Unseal the vault

## Steps

Enter three keys.

## Rollback

Seal it again.
```

## Fix

Move the section, with everything below its heading, to the place that the message names.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.reading.outline import OutlineSection
from govkb.rules.rule import Rule
from govkb.rules.sections import declared_sections, extent

RULE = Rule("SEC004", "misordered-section", Severity.ERROR)

Placed = tuple[int, OutlineSection]


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every section that has to be moved; as few of them as there can be."""
    if record.type is None or not record.type.needs_section_order:
        return
    places = {name: place for place, name in enumerate(record.type.sections)}
    found: dict[str | None, list[Placed]] = {}
    for section_type, section in declared_sections(record):
        found.setdefault(section_type.within, []).append((places[section_type.name], section))
    for siblings in found.values():
        kept = _longest_in_order(siblings)
        for place, section in siblings:
            if all(section is not stays for _, stays in kept):
                yield _fault(record, place, section, kept)


def _fault(record: Record, place: int, section: OutlineSection, kept: list[Placed]) -> Diagnostic:
    following = next((s for p, s in kept if p > place), None)
    if following is not None:
        belongs, neighbour = "before", following
    else:
        belongs, neighbour = "after", kept[-1][1]
    span = record.source.span(*extent(record, neighbour))
    related = (Related(f'"{neighbour.name}" stands here', record.path, span),)
    message = f'the section "{section.name}" belongs {belongs} "{neighbour.name}"'
    return RULE.at_offsets(record, *extent(record, section), message, related=related)


def _longest_in_order(siblings: list[Placed]) -> list[Placed]:
    """The most sections that already stand in order; of several choices the one that ends first."""
    best: list[list[Placed]] = []
    for number, (place, section) in enumerate(siblings):
        before = [run for run in best[:number] if run[-1][0] <= place]
        longest = max(before, key=len, default=[])
        best.append([*longest, (place, section)])
    return max(best, key=len)
