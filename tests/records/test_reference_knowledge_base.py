"""The records of the checkout: the knowledge base that govkb is shown with."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date

import pytest

from govkb import checking
from govkb.history import entries_of
from govkb.reporting import text
from govkb.workspace import Workspace

SIX = {"incident", "decision", "evolution", "finding", "pitfall", "handoff"}


@pytest.fixture(scope="module")
def base(checkout, tmp_path_factory):
    """The records alone, so that no other file of the checkout has a say."""
    root = tmp_path_factory.mktemp("reference")
    shutil.copytree(checkout / "records", root / "records")
    return Workspace.open(root).load(today=date(2026, 5, 20))


@pytest.fixture(scope="module")
def handoffs(base):
    return {r.date: r for r in base.of_type("handoff")}


def learnings(handoff):
    entries = entries_of(handoff, "Key Learnings")
    return [entry.text for entry in entries if entry.block.kind == "item"]


def test_it_is_clean(base):
    assert text.render(checking.check(base), base) == ""


def test_it_is_clean_in_the_checkout(checkout):
    found = Workspace.open(checkout).load(today=date(2026, 5, 20))
    assert checking.check(found) == []


def test_it_has_records_of_all_six_types(base):
    numbers = Counter(record.type.name for record in base.records)
    assert sum(numbers.values()) >= 45
    assert set(numbers) >= SIX


def test_every_reference_in_it_leads_somewhere(base):
    kinds = {citation.resolution.kind.value for citation in base.graph.citations}
    assert kinds.isdisjoint({"unresolved", "ambiguous", "unreadable"})
    assert len(base.graph.relations) > len(list(base.records))


def test_no_record_in_it_is_an_island(base):
    joined = {*base.graph.outgoing, *base.graph.incoming}
    assert {record.id for record in base.records} <= joined


def test_the_handoff_of_2026_04_21_has_twelve_learnings(handoffs):
    assert len(learnings(handoffs["2026-04-21"])) == 12


def test_the_five_learnings_of_2026_04_18_stand_word_for_word_in_both_handoffs(handoffs):
    first = learnings(handoffs["2026-04-18"])
    assert len(first) == 5
    assert learnings(handoffs["2026-04-21"])[:5] == first
    for one, other in zip(*map(_raw_items, handoffs.values()), strict=False):
        assert one == other


def test_each_handoff_follows_the_one_before_it(base, handoffs):
    (relation,) = [
        r
        for r in base.graph.outgoing[handoffs["2026-04-21"].id]
        if r.kind and r.kind.name == "previous"
    ]
    assert relation.target == handoffs["2026-04-18"].id


def _raw_items(handoff):
    blocks = handoff.body.section("Key Learnings").blocks
    items = [block for block in blocks if block.kind == "item"]
    return [handoff.source.text(item.start, item.end).strip() for item in items]
