"""Types whose whole body is append-only."""

from __future__ import annotations

import pytest

from govkb.cli.type_page import type_page
from govkb.record_types import UpdateShape
from govkb.record_types.description import describe
from govkb.rules.protected_text import reason_to_leave

LOG = """\
type: log
label: Log
purpose: What happened, as it happened.
id: "LOG-{date:%Y-%m-%d}"
path: "logs/{id}.md"
status: {initial: open, open: []}
append_only: true
updates: {heading: "Entry — {timestamp}", demands: [Outstanding]}
sections:
  Scope: {}
"""
RECORD = """\
---
id: LOG-2026-01-17
title: The log
---

# The log

## Scope

What was done on one day.
"""
UPDATE = """
## Entry - 2026-01-17T09:48:36Z

It was done.

**Outstanding**

- Nothing.
"""
FILES = {"templates/log/type.yaml": LOG, "records/logs/LOG-2026-01-17.md": RECORD}


@pytest.fixture
def log(project, git):
    made = project(FILES)
    git(made.root).commit()
    return made


def with_text(log, text):
    return log.write({"records/logs/LOG-2026-01-17.md": text})


def test_the_whole_body_is_one_append_only_section(log):
    record_type = log.open().catalogue.types["log"]
    assert record_type.append_only_sections == ("*",)
    shape = UpdateShape("Entry — {timestamp}", ("Outstanding",))
    assert record_type.update_shapes == {"*": shape}


def test_it_is_described(log):
    described = describe(log.open().catalogue.types["log"])
    assert described["append_only"] is True
    assert described["updates"] == {"heading": "Entry — {timestamp}", "demands": ["Outstanding"]}


def test_what_is_appended_under_its_time_is_in_order(log):
    assert with_text(log, RECORD + UPDATE).codes("main") == []


def test_the_frontmatter_may_change(log):
    assert with_text(log, RECORD.replace("The log\n---", "A log\n---")).codes("main") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (RECORD.replace("one day", "two days"), "APP001"),
        (RECORD.replace("What was done on one day.\n", ""), "APP002"),
        (RECORD + UPDATE.replace("## Entry - 2026-01-17T09:48:36Z", "### More"), "APP016"),
        (RECORD + UPDATE.replace("**Outstanding**", "**Open**"), "APP016"),
    ],
    ids=["edited", "dropped", "no heading", "no block"],
)
def test_everything_else_is_an_error(log, text, code):
    found = with_text(log, text).check("main")
    assert [(d.code, d.severity.value) for d in found] == [(code, "error")]


def test_no_repair_touches_it(log):
    record = next(log.load().records)
    start = record.source.data.index(b"What was")
    assert reason_to_leave(record, start, start + 4)
    assert reason_to_leave(record, 4, 6) is None


def test_its_page_says_how_it_is_added_to(log):
    lines = type_page(log.open().catalogue.types["log"], "templates/log", 1)
    (line,) = (line for line in lines if "the whole body" in line)
    assert 'append-only, added to under "Entry — {timestamp}", with Outstanding' in line
