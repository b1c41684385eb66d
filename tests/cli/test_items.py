"""`govkb items`."""

import json

import pytest

from govkb.queries.items import item_states

TICKET = """---
id: ticket-{n}
title: Drift {n}
kind: infra
status: {status}
{extra}---

# Drift {n}

## Problem

Something.

## Acceptance criteria

- [x] AC1: One thing.
- [ ] AC2: Another.

## Gates

- restart: A restore has been tried.
"""
BRIEF = (
    "---\nid: BRIEF-20260421-sought\ntitle: Sought\n---\n\n# Sought\n\n## Context\n\nx\n\n"
    "## Decisions sought\n\n- A: Who merges?\n- B: Who pays?\n"
)
DECISION = (
    "---\nid: DEC-20260421-x\ntitle: X\ndate: 2026-04-21\n"
    "source: {brief: BRIEF-20260421-sought, bullet: A}\n---\n\n# X\n\n## Context\n\nx\n\n"
    "## Decision\n\nx\n"
)


@pytest.fixture
def made(project):
    waived = "waived: [{item: AC2, by: Ava, why: it goes away}]\n"
    return project(
        {
            "records/tickets/ticket-1.md": TICKET.format(n=1, status="todo", extra="owner: Ava\n"),
            "records/tickets/ticket-2.md": TICKET.format(n=2, status="todo", extra=waived),
            "records/briefs/BRIEF-20260421-sought.md": BRIEF,
            "records/decisions/DEC-20260421-x.md": DECISION,
        }
    )


def rows(outcome):
    assert (outcome.code, outcome.stderr) == (0, "")
    return [tuple(line.split("\t")[:4]) for line in outcome.stdout.splitlines()]


def test_all_of_them_record_by_record(made, run_govkb):
    assert rows(run_govkb("items", cwd=made.root)) == [
        ("decided", "question", "A", "BRIEF-20260421-sought"),
        ("open", "question", "B", "BRIEF-20260421-sought"),
        ("met", "criterion", "AC1", "ticket-1"),
        ("open", "criterion", "AC2", "ticket-1"),
        ("open", "gate", "restart", "ticket-1"),
        ("met", "criterion", "AC1", "ticket-2"),
        ("waived", "criterion", "AC2", "ticket-2"),
        ("open", "gate", "restart", "ticket-2"),
    ]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (["--kind", "gate"], 2),
        (["--open"], 4),
        (["--open", "--kind", "criterion"], 1),
        (["ticket-2"], 3),
        (["ticket-2", "ticket-1", "--state", "met"], 2),
        (["--owner", "Ava"], 3),
        (["--type", "brief"], 2),
    ],
)
def test_some_of_them(made, run_govkb, asked, number):
    assert len(rows(run_govkb("items", *asked, cwd=made.root))) == number


def test_as_json(made, run_govkb):
    outcome = run_govkb("items", "--kind", "question", "--format", "json", cwd=made.root)
    first, second = json.loads(outcome.stdout)["items"]
    assert first["settled_by"] == "DEC-20260421-x"
    assert (first["is_open"], second["is_open"]) == (False, True)
    assert second["line"] == 15
    assert second["anchor"] == "question-b"
    assert second["record"]["id"] == "BRIEF-20260421-sought"


def test_what_there_is_none_of_is_said(made, run_govkb):
    outcome = run_govkb("items", "--type", "decision", cwd=made.root)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert "no such items in 1 record" in outcome.stderr


@pytest.mark.parametrize(
    ("asked", "words"),
    [(["--kind", "gat"], "did you mean 'gate'"), (["ticket-9"], "ticket-9")],
)
def test_what_there_is_not_is_a_mistake(made, run_govkb, asked, words):
    outcome = run_govkb("items", *asked, cwd=made.root)
    assert outcome.code == 2
    assert words in outcome.stderr


HANDOFF = """---
id: HANDOFF-2026-04-21
title: Handoff
date: 2026-04-21
---

# Handoff

## What expires

- bridge: the token of the bridge
  - Expires: 2026-04-02
- old: the token before it
  - State: revoked
  - Expires: 2026-03-02
- site: the certificate
  - Issued: 2026-04-01
  - Lifetime: 21d
"""


def test_what_has_expired_is_in_that_state_and_counts_as_no_work(project, site_pages):
    made = project({"records/handoffs/HANDOFF-2026-04-21.md": HANDOFF})
    states = item_states(made.load().records_by_id["HANDOFF-2026-04-21"], made.load())
    assert [(one.item.name, one.state, one.is_open) for one in states] == [
        ("bridge", "expired", False),
        ("old", "revoked", False),
        ("site", "valid", False),
    ]
    (html,) = (p.html for p in site_pages(made) if p.uri == "handoffs/HANDOFF-2026-04-21.md")
    assert "bridge: expires 2026-04-02: that day has passed." in html
    assert "<progress" not in html
