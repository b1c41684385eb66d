"""Which edges have their effect: proposals don't yet, and what was temporary doesn't any more."""

from __future__ import annotations

from datetime import date

import pytest

from govkb.graph import EndKind, end_of

DECISION = """\
---
id: {id}
title: {id}
date: 2026-04-21
status: {status}
{more}---

# {id}

## Context

- [x] Not of the gate.

## Gate

- [{first}] One.

### More

1. [ ] Two.
   - [ ] Of two.

## Decision

Text.
"""


def decision(record_id, status="ratified", more="", first=" "):
    text = DECISION.format(id=record_id, status=status, more=more, first=first)
    return {f"records/decisions/{record_id}.md": text}


RULE = decision("DEC-20260421-rule")


@pytest.fixture
def end(project):
    """What becomes of `until` on a day."""

    def find(until, files=None, today=date(2026, 4, 22)):
        base = project({**RULE, **(files or {})}).load()
        citing = base.records_by_id["DEC-20260421-rule"]
        return end_of(until, citing, base.graph.resolver, today)

    return find


@pytest.mark.parametrize(
    ("until", "kind"),
    [
        ("2026-04-21", EndKind.OVER),
        ("2026-04-22", EndKind.PENDING),
        ("2026-04-23", EndKind.PENDING),
        ("2026-04-21T23:59:00Z", EndKind.OVER),
        ("2026-04-31", EndKind.NOWHERE),
        ("21.04.2026", EndKind.NOWHERE),
        ("soon", EndKind.NOWHERE),
        ("platform#58", EndKind.PENDING),
        ("DEC-20260421-nothing", EndKind.NOWHERE),
        ("DEC-20260421-rule", EndKind.OVER),
    ],
)
def test_a_day_itself_is_still_within(end, until, kind):
    assert end(until).kind is kind


@pytest.mark.parametrize(("status", "is_over"), [("proposed", False), ("rejected", True)])
def test_a_record_is_the_end_once_it_is_done(end, status, is_over):
    found = end("DEC-20260421-gate", decision("DEC-20260421-gate", status))
    assert (found.is_over, found.record.id, found.is_part) == (is_over, "DEC-20260421-gate", False)


@pytest.mark.parametrize(
    ("part", "first", "kind"),
    [
        ("context", " ", EndKind.OVER),
        ("gate", "x", EndKind.PENDING),
        ("more", "x", EndKind.PENDING),
        ("decision", "x", EndKind.NO_GATE),
        ("nothing", "x", EndKind.NOWHERE),
    ],
)
def test_a_part_is_the_end_once_all_its_boxes_are_checked(end, part, first, kind):
    files = decision("DEC-20260421-gate", "proposed", first=first)
    found = end(f"DEC-20260421-gate#{part}", files)
    assert (found.kind, found.is_part) == (kind, True)


def test_of_several_the_last_one_counts(end):
    files = {
        **decision("DEC-20260421-A", more="source: {brief: b, bullet: A}\n"),
        **decision("DEC-20260421-B", "proposed", more="source: {brief: b, bullet: B}\n"),
    }
    assert end("DEC-20260421-A/B", files).record.id == "DEC-20260421-B"
    assert end("DEC-20260421-A", files).is_over


def test_what_cannot_be_read_is_not_said_to_be_over(end):
    files = {"records/decisions/DEC-20260421-gate.md": "---\nid: DEC-20260421-gate\nx: [\n---\n"}
    assert end("DEC-20260421-gate", files).kind is EndKind.PENDING


@pytest.fixture
def in_force(project):
    """The edges of one kind that have their effect on 22 April 2026."""

    def find(files, kind="supersedes"):
        base = project(files).load()
        edges = [r for r in base.graph.relations if r.kind is not None and r.kind.name == kind]
        return [(r.source[13:], r.target[13:]) for r in edges if base.is_in_force(r)]

    return find


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("proposed", []),
        ("rejected", []),
        ("ratified", [("new", "rule")]),
        ("superseded", [("new", "rule")]),
    ],
)
def test_a_proposal_has_superseded_nothing_yet(in_force, status, expected):
    new = decision("DEC-20260421-new", status, "supersedes: DEC-20260421-rule\n")
    assert in_force({**RULE, **new}) == expected


@pytest.mark.parametrize(("until", "holds"), [("2026-04-21", False), ("2026-04-22", True)])
def test_what_is_temporary_lapses_by_itself(in_force, until, holds):
    more = f"supersedes: {{ref: DEC-20260421-rule, until: {until}, scope: one service}}\n"
    found = in_force({**RULE, **decision("DEC-20260421-new", more=more)})
    assert found == ([("new", "rule")] if holds else [])


def test_a_contradiction_ends_with_either_of_the_two(in_force):
    more = "contradicts: DEC-20260421-rule\n"
    old = decision("DEC-20260421-rule", "superseded")
    assert in_force({**old, **decision("DEC-20260421-new", more=more)}, "contradicts") == []
    assert len(in_force({**RULE, **decision("DEC-20260421-new", more=more)}, "contradicts")) == 1


def test_what_an_edge_says_is_kept(project):
    more = "supersedes:\n  - {ref: DEC-20260421-rule, until: 2026-04-30, note: for now}\n"
    base = project({**RULE, **decision("DEC-20260421-new", more=more)}).load()
    (edge,) = base.graph.relations
    assert (edge.note, edge.qualifiers["until"]) == ("for now", "2026-04-30")


def ticket(number, status, more=""):
    text = f"---\nid: ticket-{number}\ntitle: T\nkind: chore\nstatus: {status}\n{more}---\n\n# T\n"
    return {f"records/tickets/ticket-{number}-t.md": text}


@pytest.mark.parametrize(
    ("one", "two", "awaited"),
    [
        ("todo", "todo", ["ticket-2", "ticket-3"]),
        ("todo", "closed", ["ticket-3"]),
        ("closed", "todo", ["ticket-2", "ticket-3"]),
        ("withdrawn", "todo", ["ticket-3"]),
    ],
)
def test_a_record_waits_until_all_are_done_that_it_needs(project, one, two, awaited):
    base = project(
        {
            **ticket(1, one, "depends_on: ticket-2\n"),
            **ticket(2, two),
            **ticket(3, "blocked", "blocks: ticket-1\n"),
        }
    ).load()
    found = base.awaited_by(base.records_by_id["ticket-1"])
    assert sorted(record.id for record in found) == awaited
    assert base.awaited_by(base.records_by_id["ticket-3"]) == []
