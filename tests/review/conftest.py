from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from govkb.review import Review
from govkb.template_files import shipped_templates
from govkb.workspace.reviewing import review_since

TODAY = date(2026, 4, 22)
INCIDENT_PATH = "records/incidents/INC-20260418-B-zero-backups.md"
INCIDENT = """\
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.

## Timeline

- 2026-04-18T08:00:00Z somebody looked.

## Learnings

- A backup that nobody restores is none.
- Count the days since the last one.
"""
PITFALL_PATH = "records/pitfalls/probe.md"
PITFALL = """\
---
id: probe
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
"""
FILES = {INCIDENT_PATH: INCIDENT, PITFALL_PATH: PITFALL}


@dataclass(frozen=True)
class Change:
    """What a change means, and what taking it back means."""

    forth: Review
    back: Review


@pytest.fixture
def incident() -> str:
    return INCIDENT


@pytest.fixture
def files() -> dict[str, str]:
    """The small base, by path."""
    return dict(FILES)


@pytest.fixture
def shipped_incident() -> str:
    """The type of incidents that govkb ships."""
    return (shipped_templates() / "incident/type.yaml").read_text()


@pytest.fixture
def review(project, git) -> Callable[..., Review]:
    """What it means that some files became others, by path."""

    def make(before: Mapping[str, str], after: Mapping[str, str]) -> Review:
        made = project(before)
        git(made.root).commit()
        for path in before.keys() - after.keys():
            (made.root / path).unlink()
        made.write(after)
        return review_since(made.open(), "main", TODAY)

    return make


@pytest.fixture
def change(review) -> Callable[[Mapping[str, str | None]], Change]:
    """What it means that some files of a small base change, and that they change back."""

    def make(changed: Mapping[str, str | None]) -> Change:
        merged = {**FILES, **changed}
        after = {path: text for path, text in merged.items() if text is not None}
        return Change(review(FILES, after), review(after, FILES))

    return make
