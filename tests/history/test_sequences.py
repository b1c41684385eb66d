"""How one list became another, held against what a plain reading of the words would say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from govkb.history.sequences import ChangeKind, differences

keys = st.lists(st.sampled_from("abcdefgh"), max_size=8)
unique = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
often = settings(max_examples=400, deadline=None)


def kinds(old, new):
    return [kind for kind, _, _ in differences(old, new)]


@often
@given(keys, keys)
def test_nothing_is_said_exactly_where_the_old_is_the_beginning_of_the_new(old, new):
    assert (not kinds(old, new)) == (new[: len(old)] == old)


@often
@given(keys, keys)
def test_every_old_entry_is_kept_moved_edited_or_dropped_once(old, new):
    found = list(differences(old, new))
    olds = [i for _, i, _ in found if i is not None]
    news = [j for _, _, j in found if j is not None]
    assert len(olds) == len(set(olds))
    assert len(news) == len(set(news))
    for kind, i, j in found:
        assert (i is None) == (kind is ChangeKind.INSERTED)
        assert (j is None) == (kind is ChangeKind.DROPPED)
        if kind is ChangeKind.REORDERED:
            assert old[i] == new[j]


@often
@given(unique, unique)
def test_what_is_gone_is_edited_or_dropped_and_nothing_else_is(old, new):
    lost = {
        i for kind, i, _ in differences(old, new) if kind in (ChangeKind.EDITED, ChangeKind.DROPPED)
    }
    assert lost == {i for i, key in enumerate(old) if key not in new}


@often
@given(unique, st.data())
def test_one_entry_moved_is_one_finding(old, data):
    if len(old) < 2:
        return
    at = data.draw(st.integers(0, len(old) - 1))
    to = data.draw(st.integers(0, len(old) - 1).filter(lambda n: n != at))
    rest = old[:at] + old[at + 1 :]
    found = list(differences(old, [*rest[:to], old[at], *rest[to:]]))
    assert [kind for kind, _, _ in found] == [ChangeKind.REORDERED]


def test_the_new_entry_in_the_place_of_a_lost_one_is_its_edit():
    assert list(differences(list("abc"), list("axc"))) == [(ChangeKind.EDITED, 1, 1)]


def test_a_lost_entry_with_nothing_in_its_place_is_dropped():
    assert list(differences(list("abc"), list("acx"))) == [(ChangeKind.DROPPED, 1, None)]


def test_likeness_says_which_new_entry_an_old_one_became():
    found = differences(["a", "b"], ["x", "y"], lambda i, j: float((i, j) in {(0, 1), (1, 0)}))
    assert list(found) == [(ChangeKind.EDITED, 0, 1), (ChangeKind.EDITED, 1, 0)]


def test_ten_thousand_entries_in_reverse_are_told_of_in_a_moment():
    old = [str(number) for number in range(10_000)]
    assert len(list(differences(old, old[::-1]))) == 9_999


def test_many_lost_and_many_new_ones_are_paired_by_place():
    old, new = [f"o{n}" for n in range(100)], [f"n{n}" for n in range(100)]

    def refuse(i, j):
        raise AssertionError

    assert list(differences(old, new, refuse)) == [(ChangeKind.EDITED, n, n) for n in range(100)]
