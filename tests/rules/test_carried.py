"""What a handoff carries on, for any learnings and any single fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.reading import read_record
from govkb.record_types import load_catalogue
from govkb.rules.carried import Fate, carried_changes
from govkb.template_files import TemplateFiles, shipped_templates

DAYS = ("2026-04-18", "2026-04-19", "2026-04-20")
NEWEST = "2026-04-21"

words = st.lists(
    st.sampled_from(["probe", "before", "you", "classify", "helm", "backup", "vault"]), min_size=4
)
groups = st.fixed_dictionaries(
    {day: st.lists(words.map(" ".join), min_size=1, max_size=4, unique=True) for day in DAYS}
)


@pytest.fixture(scope="module")
def changes():
    catalogue = load_catalogue(TemplateFiles((shipped_templates(),)))

    def read(day, learnings, suffix):
        pieces = [f"### {d}{suffix}\n\n{_numbered(texts)}" for d, texts in learnings.items()]
        head = f"---\nid: HANDOFF-{day}\ntitle: T\ndate: {day}\n---\n\n## Key Learnings\n\n"
        data = (head + "\n\n".join(pieces) + "\n").encode()
        path = f"handoffs/HANDOFF-{day}.md"
        return read_record(f"records/{path}", path, data, catalogue).record

    def compare(old, new):
        before, after = read(DAYS[-1], old, ""), read(NEWEST, new, " (preserved)")
        return list(carried_changes(after, before, "Key Learnings"))

    return compare


def _numbered(texts):
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


@given(groups, st.lists(words.map(" ".join), max_size=3))
def test_whatever_is_carried_on_whole_with_new_ones_in_the_newest_group_is_in_order(
    changes, old, added
):
    assert changes(old, {**old, NEWEST: added} if added else old) == []


@given(groups, st.sampled_from(DAYS), st.data())
def test_each_entry_that_is_left_out_is_lost(changes, old, day, data):
    gone = data.draw(st.integers(0, len(old[day]) - 1))
    new = {**old, day: [t for n, t in enumerate(old[day]) if n != gone]}
    (change,) = changes(old, new)
    assert change.fate is Fate.LOST
    assert (change.group, change.old.text) == (day, old[day][gone])


@given(groups, st.sampled_from(DAYS), st.data())
def test_each_entry_that_is_altered_is_shown_then_and_now(changes, old, day, data):
    at = data.draw(st.integers(0, len(old[day]) - 1))
    altered = old[day][at] + "!"
    new = {**old, day: [altered if n == at else t for n, t in enumerate(old[day])]}
    (change,) = changes(old, new)
    assert change.fate is Fate.ALTERED
    assert (change.old.text, change.new.text) == (old[day][at], altered)


@given(groups, st.sampled_from(DAYS))
def test_a_new_entry_in_an_old_group_is_told_of(changes, old, day):
    new = {**old, day: [*old[day], "Cold reads are load-bearing."], NEWEST: ["A new one."]}
    (change,) = changes(old, new)
    assert change.fate is Fate.ADDED
    assert (change.group, change.new.text) == (day, "Cold reads are load-bearing.")
