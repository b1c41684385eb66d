"""Whatever is changed in an entry is caught; whatever is appended is fine."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govkb.history import ChangeKind, compare_with_base, normalise
from govkb.reading import read_record
from govkb.record_types import load_catalogue
from govkb.template_files import TemplateFiles, shipped_templates

HEAD = "---\nid: INC-20260418-B\ntitle: T\n---\n\n## Learnings\n\n"
ENTRIES = (
    "Enabled by default is not the same as running. INC-20260418-B.",
    "A green job is no proof of a backup, été comme hiver 🚒.",
    "Probe before you **classify**, then `classify`.",
)
moderately = settings(max_examples=200, deadline=None)
words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def changes():
    catalogue = load_catalogue(TemplateFiles((shipped_templates(),)))

    def read(text):
        data = text.encode("utf-8", "surrogatepass")
        record = read_record("records/x.md", "incidents/x.md", data, catalogue).record
        return {record.id: record}

    def compare(before, after):
        return compare_with_base(read(before), read(after))

    return compare


def listed(entries, marker="- "):
    return HEAD + "".join(f"{marker}{entry}\n" for entry in entries)


@moderately
@given(st.data())
def test_any_character_changed_in_an_entry_is_caught(changes, data):
    at = data.draw(st.integers(0, len(ENTRIES) - 1))
    entry = ENTRIES[at]
    place = data.draw(st.integers(0, len(entry) - 1))
    character = data.draw(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"))
    changed = entry[:place] + character + entry[place + 1 :]
    assume(normalise(f"- {changed}") != normalise(f"- {entry}"))
    after = [*ENTRIES[:at], changed, *ENTRIES[at + 1 :]]
    assert changes(listed(ENTRIES), listed(after))


@moderately
@given(st.data())
def test_any_character_removed_from_an_entry_is_caught(changes, data):
    at = data.draw(st.integers(0, len(ENTRIES) - 1))
    entry = ENTRIES[at]
    place = data.draw(st.integers(0, len(entry) - 1))
    after = [*ENTRIES[:at], entry[:place] + entry[place + 1 :], *ENTRIES[at + 1 :]]
    assert changes(listed(ENTRIES), listed(after))


@moderately
@given(st.data())
def test_any_character_put_into_an_entry_is_caught(changes, data):
    at = data.draw(st.integers(0, len(ENTRIES) - 1))
    entry = ENTRIES[at]
    place = data.draw(st.integers(1, len(entry) - 1))
    character = data.draw(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"))
    changed = entry[:place] + character + entry[place:]
    after = [*ENTRIES[:at], changed, *ENTRIES[at + 1 :]]
    assert changes(listed(ENTRIES), listed(after))


@moderately
@given(st.permutations(ENTRIES), st.sampled_from(["- ", "* ", "+ ", "1. ", "7) ", "-\t"]))
def test_every_other_order_is_caught_and_the_same_one_is_fine(changes, order, marker):
    found = changes(listed(ENTRIES), listed(order, marker))
    assert bool(found) == (tuple(order) != ENTRIES)
    assert {change.kind for change in found} <= {ChangeKind.REORDERED}


@moderately
@given(st.lists(words, max_size=4), st.sampled_from(["- ", "1. "]))
def test_whatever_is_appended_is_fine(changes, more, marker):
    assert changes(listed(ENTRIES), listed([*ENTRIES, *more], marker)) == ()


@moderately
@given(st.lists(words, unique=True, min_size=1, max_size=6), st.data())
def test_every_entry_that_is_left_out_is_named(changes, entries, data):
    kept = data.draw(st.lists(st.sampled_from(entries), unique=True).map(set))
    after = [entry for entry in entries if entry in kept]
    found = changes(listed(entries), listed(after))
    assert len(found) == len(entries) - len(after)
    assert {change.kind for change in found} <= {ChangeKind.DROPPED, ChangeKind.EDITED}
