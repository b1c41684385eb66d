from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

NYGARD = """\
# {number}. {title}

Date: 2024-{month:02}-{day:02}

## Status

{status}

## Context

There are two ways of {topic}, and half of the services go each.

## Decision

We will {verb} {topic}.

## Consequences

All do it alike. See [the first decision](0001-record-architecture-decisions.md).
"""
MADR = """\
---
status: {status}
date: 2025-{month:02}-{day:02}
decision-makers: [ada, grace]
---

# {title}

## Context and Problem Statement

How is {topic} to be done? What is in ADR-0001 goes on.

## Considered Options

* {verb} it
* leave it

## Decision Outcome

Chosen option: "{verb} it", because it is the least work.

### Consequences

* Good, because all do it alike
"""
TOPICS = ("caching", "logging", "routing", "testing", "tracing", "billing", "search")
VERBS = ("automate", "share", "split", "measure", "simplify")
# The replacement that 7 names isn't there, and 41 doesn't say that it replaces 30.
STATUSES = {7: "Superseded by [12. Gone](0012-gone.md)", 30: "superseded by ADR-0041"}


def decision(number: int) -> tuple[str, str]:
    """The name and the text of one of fifty decisions: the older half as Nygard wrote them."""
    topic, verb = TOPICS[number % len(TOPICS)], VERBS[number % len(VERBS)]
    title = f"{verb.capitalize()} {topic}" if number > 1 else "Record architecture decisions"
    form, usual = (NYGARD, "Accepted") if number <= 25 else (MADR, "accepted")
    text = form.format(
        number=number,
        title=title,
        topic=topic,
        verb=verb,
        status=STATUSES.get(number, usual),
        month=number % 12 + 1,
        day=number % 28 + 1,
    )
    return f"{number:04}-{title.lower().replace(' ', '-')}.md", text


def repository(folder: Path) -> None:
    """A repository with a README and fifty decisions, as somebody has it who comes to the page."""
    (folder / "docs/adr").mkdir(parents=True)
    (folder / "README.md").write_text("# Shop\n")
    for number in range(1, 51):
        name, text = decision(number)
        (folder / "docs/adr" / name).write_text(text)


def test_fifty_decisions_are_adopted_as_the_page_says(checkout, reader, holds, git):
    repository(reader.folder)
    git(reader.folder).commit()
    (reader.home / ".gitconfig").write_text("[user]\nname = Ada\nemail = ada@example.org\n")
    before = {file: file.read_bytes() for file in (reader.folder / "docs").rglob("*.md")}
    holds(checkout / "docs/adopt-adrs.md")
    assert [file for file, data in before.items() if file.read_bytes() != data] == []
    assert (reader.folder / "site/index.html").is_file()
    assert (reader.folder / ".github/workflows/govkb.yml").is_file()
