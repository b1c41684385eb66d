"""How one list became another, held against what a plain reading of the words would say."""

from __future__ import annotations

import pytest
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


def test_each_kind_has_its_word():
    words = "edited dropped reordered inserted hidden unsealed unmarked"
    assert [kind.value for kind in ChangeKind] == words.split()


E, D, R, N = ChangeKind.EDITED, ChangeKind.DROPPED, ChangeKind.REORDERED, ChangeKind.INSERTED


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("abc", "", [(D, 0, None), (D, 1, None), (D, 2, None)]),
        ("", "abc", []),
        ("a", "xa", [(N, None, 0)]),
        ("ab", "axyb", [(N, None, 1), (N, None, 2)]),
        ("abcd", "bcda", [(R, 0, 3)]),
        ("abcd", "dabc", [(R, 3, 0)]),
        ("abcde", "acbde", [(R, 1, 2)]),
        ("abcdef", "defabc", [(R, 0, 3), (R, 1, 4), (R, 2, 5)]),
        ("axyb", "a12b", [(E, 1, 1), (E, 2, 2)]),
        ("axyb", "a1b", [(E, 1, 1), (D, 2, None)]),
        ("axb", "a12b", [(E, 1, 1), (N, None, 2)]),
        ("xab", "1ab", [(E, 0, 0)]),
        ("abx", "ab1", [(E, 2, 2)]),
        ("abx", "1ab", [(D, 2, None), (N, None, 0)]),
        ("axbyc", "ab1c", [(D, 1, None), (E, 3, 2)]),
        ("axb", "ab12", [(D, 1, None)]),
        ("aab", "ab", [(D, 1, None)]),
        ("aab", "aba", [(R, 1, 2)]),
        ("ab", "aab", [(N, None, 1)]),
        ("x", "12", [(E, 0, 0)]),
        ("cab", "abc", [(R, 0, 2)]),
        ("abcd", "dcba", [(R, 0, 3), (R, 1, 2), (R, 2, 1)]),
    ],
)
def test_what_became_of_each_entry(old, new, said):
    assert list(differences(list(old), list(new))) == said


def test_half_alike_is_enough_to_be_the_same_entry_and_the_most_alike_is_taken():
    def found(*ratios):
        news = [str(j) for j in range(len(ratios))]
        return list(differences(["x"], news, lambda i, j: ratios[j]))

    assert found(0.5) == [(E, 0, 0)]
    assert found(0.49) == [(D, 0, None)]
    assert found(0.6, 0.9, 0.7) == [(E, 0, 1), (N, None, 0)]
    assert found(0.9, 0.9) == [(E, 0, 0)]


def test_an_entry_became_one_new_one_and_no_other_became_the_same():
    found = differences(["x", "y"], ["1"], lambda i, j: 0.9)
    assert list(found) == [(E, 0, 0), (D, 1, None)]


@pytest.mark.parametrize(("gone", "fresh", "said"), [(50, 50, D), (61, 41, E)])
def test_likeness_is_asked_as_long_as_there_are_not_too_many_pairs(gone, fresh, said):
    old, new = [f"o{n}" for n in range(gone)], [f"n{n}" for n in range(fresh)]
    kinds = [kind for kind, *_ in differences(old, new, lambda i, j: 0.0)]
    assert kinds[:fresh] == [said] * fresh


def test_ten_thousand_entries_in_reverse_are_told_of_in_a_moment():
    old = [str(number) for number in range(10_000)]
    assert len(list(differences(old, old[::-1]))) == 9_999


def test_many_lost_and_many_new_ones_are_paired_by_place():
    old, new = [f"o{n}" for n in range(100)], [f"n{n}" for n in range(100)]

    def refuse(i, j):
        raise AssertionError

    assert list(differences(old, new, refuse)) == [(ChangeKind.EDITED, n, n) for n in range(100)]
