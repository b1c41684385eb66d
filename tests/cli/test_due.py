from __future__ import annotations

import json

import pytest


def finding(name, due, status="open", owner="platform"):
    return (
        f"---\nid: F-2026-0421-{name}\ntitle: About {name}\nseverity: high\nowner: {owner}\n"
        f"status: {status}\ndue: {due}\n---\n\n# About {name}\n\n## Condition\n\nSo.\n"
    )


DECISION = (
    "---\nid: DEC-20260420-x\ntitle: X\ndate: 2026-04-20\nstatus: ratified\n"
    "review_by: 2026-05-20\n---\n\n# X\n\n## Context\n\nC.\n\n## Decision\n\nD.\n"
)


@pytest.fixture
def made(project):
    days = {"LATE": "2026-04-19", "NOW": "2026-04-22", "SOON": "2026-05-06", "FAR": "2026-05-07"}
    found = {f"records/findings/F-2026-0421-{n}.md": finding(n, d) for n, d in days.items()}
    found["records/findings/F-2026-0421-DONE.md"] = finding("DONE", "2026-04-01", "resolved")
    return project({**found, "records/decisions/DEC-20260420-x.md": DECISION})


def due(run_govkb, made, *arguments):
    return run_govkb("due", "--today", "2026-04-22", *arguments, cwd=made.root)


@pytest.mark.parametrize(
    ("within", "ids"),
    [
        ("0d", ["LATE", "NOW"]),
        ("14d", ["LATE", "NOW", "SOON"]),
        ("2w", ["LATE", "NOW", "SOON"]),
        ("15", ["LATE", "NOW", "SOON", "FAR"]),
        ("4w", ["LATE", "NOW", "SOON", "FAR", "DEC-20260420-x"]),
    ],
)
def test_what_is_late_and_what_comes_due(made, run_govkb, within, ids):
    outcome = due(run_govkb, made, "--within", within)
    assert (outcome.code, outcome.stderr) == (0, "")
    rows = [line.split("\t") for line in outcome.stdout.splitlines()]
    assert [row[3].removeprefix("F-2026-0421-") for row in rows] == ids
    assert rows[0] == [
        "2026-04-19",
        "-3",
        "due",
        "F-2026-0421-LATE",
        "finding",
        "open",
        "platform",
        "About LATE",
    ]


def test_what_is_decided_has_to_be_carried_out_by_its_day(project, run_govkb):
    planned = DECISION.replace("review_by: 2026-05-20", "execute_by: 2026-04-20")
    path = "records/decisions/DEC-20260420-x.md"
    row = "2026-04-20\t-2\texecute_by\tDEC-20260420-x\tdecision\tratified"
    assert due(run_govkb, project({path: planned})).stdout.startswith(row)
    done = planned.replace("execute_by", "execution: done\nexecute_by")
    assert due(run_govkb, project({path: done})).stdout == ""


def test_filters_hold_and_nothing_is_said_apart(made, run_govkb):
    outcome = due(run_govkb, made, "--type", "decision", "--within", "1w")
    assert (outcome.code, outcome.stdout) == (0, "")
    assert outcome.stderr == "nothing is due within 7 days of 2026-04-22; 1 day later\n"


@pytest.mark.parametrize("within", ["soon", "-1d", "1.5d", "14 days", "999999d"])
def test_a_length_that_is_none_ends_with_2(made, run_govkb, within):
    outcome = due(run_govkb, made, f"--within={within}")
    assert (outcome.code, outcome.stdout) == (2, "")
    assert within in outcome.stderr


def test_json_counts_the_days(made, run_govkb):
    outcome = due(run_govkb, made, "--within", "0d", "--format", "json")
    document = json.loads(outcome.stdout)
    assert (document["today"], document["within"]) == ("2026-04-22", 0)
    late, now = document["deadlines"]
    assert (late["days"], now["days"], now["field"]) == (-3, 0, "due")


HANDOFF = """---
id: HANDOFF-2026-04-21
title: Handoff
date: 2026-04-21
{extra}---

# Handoff

## Executor actions

- [ ] Rotate the token.
  - Due: 2026-04-24
- [x] Tell the others.
  - Due: 2026-04-23
  - Authorised by: reviewer
  - Executed: 2026-04-22
  - Evidence: told
"""


@pytest.mark.parametrize(("today", "code"), [("2026-04-19", 0), ("2026-04-20", 1)])
def test_with_exit_code_what_is_overdue_ends_with_1(made, run_govkb, today, code):
    asked = ("--within", "0d", "--exit-code", "--today", today)
    assert run_govkb("due", *asked, cwd=made.root).code == code


DOCUMENT = """---
id: zone
title: The zone
review_every: 2w
last_reviewed: 2026-04-10
expires: 2026-04-26
---

# The zone
"""


def test_cadences_and_expiries_are_told_of_with_their_kind(project, run_govkb):
    made = project({"records/documents/zone.md": DOCUMENT})
    found = json.loads(due(run_govkb, made, "--format", "json").stdout)["deadlines"]
    assert [(d["day"], d["kind"], d["field"]) for d in found] == [
        ("2026-04-24", "review", "last_reviewed + 2w"),
        ("2026-04-26", "expires", "expires"),
    ]


TICKET = """---
id: ticket-297
title: Terraform state drifted
kind: infra
status: {status}
closed: 2026-04-20
waived:
  - {{item: AC1, by: Ava, why: it goes away, expires: 2026-04-24T12:00:00Z}}
  - {{item: AC2, by: Ava, why: it has been met since, expires: 2026-04-25}}
  - {{item: AC3, by: Ava, why: it goes away}}
---

# Terraform state drifted

## Problem

So.

## Acceptance criteria

- [ ] AC1: The plan shows no differences.
- [x] AC2: Both procedures say so.
- [ ] AC3: The realm is back.
"""


@pytest.mark.parametrize(("status", "number"), [("todo", 1), ("closed", 1), ("withdrawn", 0)])
def test_a_waiver_that_something_rests_on_is_told_of_before_it_expires(
    project, run_govkb, status, number
):
    made = project({"records/tickets/ticket-297-drift.md": TICKET.format(status=status)})
    outcome = due(run_govkb, made, "--within", "7d")
    rows = [line.split("\t")[:4] for line in outcome.stdout.splitlines()]
    assert rows == [["2026-04-24", "2", "AC1: waived until", "ticket-297"]][:number]


@pytest.mark.parametrize(("today", "code", "number"), [("2026-04-24", 0, 0), ("2026-04-25", 1, 1)])
def test_check_and_items_count_from_the_same_day(project, run_govkb, today, code, number):
    made = project({"records/tickets/ticket-297-drift.md": TICKET.format(status="closed")})
    outcome = run_govkb("check", "--today", today, cwd=made.root)
    assert outcome.code == code
    assert outcome.stdout.count("its waiver expired on 2026-04-24") == number
    items = run_govkb("items", "--open", "--today", today, cwd=made.root)
    assert len(items.stdout.splitlines()) == number


@pytest.mark.parametrize(("extra", "number"), [("", 1), ("status: acknowledged\n", 0)])
def test_open_items_set_days_too(project, run_govkb, extra, number):
    made = project({"records/handoffs/HANDOFF-2026-04-21.md": HANDOFF.format(extra=extra)})
    outcome = due(run_govkb, made, "--within", "7d")
    rows = [line.split("\t")[:4] for line in outcome.stdout.splitlines()]
    assert rows == [["2026-04-24", "2", "action-1: due", "HANDOFF-2026-04-21"]][:number]
