from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.history.exact_json import load
from govkb.history.registries import registry_changes, value_at

AGENTS = {
    "version": 3,
    "agents": {
        "generic-executor": {"status": "available", "capacity": 2, "tools": ["git", "jq"]},
        "planner": {"status": "available", "capacity": 1},
        "reviewer": {"status": "available"},
    },
}
ONLY = frozenset({"generic-executor"})

names = st.text(st.sampled_from('abcdé."/ '), min_size=1, max_size=3)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | names,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
registries = st.dictionaries(names, values, max_size=4)


def changed(change):
    """What is told where this was done to the registry, without and with the entry expected."""
    new = json.loads(json.dumps(AGENTS))
    change(new)
    return tuple(
        [(c.kind.value, *c.place) for c in registry_changes(AGENTS_READ, read(new), *expected)]
        for expected in ((), (("agents",), ONLY))
    )


def read(value):
    return load(json.dumps(value))


AGENTS_READ = read(AGENTS)
EXECUTOR = ("agents", "generic-executor")
PLANNER = ("agents", "planner")


@given(registries, st.sampled_from([None, 2, "\t"]), st.booleans(), st.booleans())
def test_the_way_in_which_a_registry_is_written_never_matters(registry, indent, is_ascii, turned):
    other = dict(reversed(registry.items())) if turned else registry
    written = json.dumps(other, indent=indent, ensure_ascii=is_ascii)
    assert registry_changes(read(registry), load(written)) == []


@given(registries, registries, st.frozensets(names, max_size=2))
def test_only_the_named_entries_may_differ(old, new, only):
    found = registry_changes(read(old), read(new), (), only)
    others = {key for key in (*old, *new) if key not in only or key not in new}
    differing = {
        key
        for key in others
        if key not in old or key not in new or dump(old[key]) != dump(new[key])
    }
    assert {change.place[0] for change in found} == differing


def dump(value):
    return json.dumps(value, sort_keys=True)


@given(registries, registries)
def test_both_directions_tell_of_the_same_places(old, new):
    there = registry_changes(read(old), read(new))
    back = registry_changes(read(new), read(old))
    assert [c.place for c in there] == [c.place for c in back]


def test_an_expected_entry_may_change_in_every_way_but_go():
    def change(new):
        new["agents"]["generic-executor"] = {"capacity": 9, "tools": ["git"], "note": "new"}

    every, unexpected = changed(change)
    assert every == [
        ("changed", *EXECUTOR, "capacity"),
        ("added", *EXECUTOR, "note"),
        ("removed", *EXECUTOR, "status"),
        ("removed", *EXECUTOR, "tools", 1),
    ]
    assert unexpected == []


def test_an_expected_entry_that_goes_is_told_of():
    _, unexpected = changed(lambda new: new["agents"].pop("generic-executor"))
    assert unexpected == [("removed", *EXECUTOR)]


def test_an_expected_entry_may_be_new():
    new = read({**AGENTS, "agents": {**AGENTS["agents"], "tester": {"status": "unavailable"}}})
    assert registry_changes(AGENTS_READ, new, ("agents",), frozenset({"tester"})) == []
    (found,) = registry_changes(AGENTS_READ, new, ("agents",), ONLY)
    assert (found.kind, found.place) == ("added", ("agents", "tester"))
    assert (found.old, found.new) == (None, '{"status":"unavailable"}')


def test_what_is_outside_of_the_place_must_be_equal_too():
    _, unexpected = changed(lambda new: new.update(version=4, note="x"))
    assert unexpected == [("added", "note"), ("changed", "version")]


def test_an_entry_of_the_same_name_elsewhere_is_another():
    _, unexpected = changed(lambda new: new.update({"generic-executor": 1}))
    assert unexpected == [("added", "generic-executor")]


@pytest.mark.parametrize("word", ["unavailable", "Unavailable"])
def test_what_becomes_unavailable_is_told_of_even_where_a_change_is_expected(word):
    def change(new):
        new["agents"]["generic-executor"]["status"] = word
        new["agents"]["planner"]["status"] = word

    every, unexpected = changed(change)
    assert (
        unexpected
        == every
        == [
            ("unavailable", *EXECUTOR, "status"),
            ("unavailable", *PLANNER, "status"),
        ]
    )


def test_a_status_that_is_added_as_unavailable_is_told_of_too():
    _, unexpected = changed(
        lambda new: new["agents"]["generic-executor"].update(state="unavailable")
    )
    assert unexpected == [("unavailable", *EXECUTOR, "state")]


def test_what_becomes_available_again_is_an_expected_change():
    old = read({"agents": {"generic-executor": {"status": "unavailable"}}})
    new = read({"agents": {"generic-executor": {"status": "available"}}})
    assert registry_changes(old, new, ("agents",), ONLY) == []


def test_the_place_itself_may_not_go_or_become_something_else():
    _, gone = changed(lambda new: new.pop("agents"))
    assert gone == [("removed", "agents")]
    _, other = changed(lambda new: new.update(agents=["generic-executor"]))
    assert other == [("changed", "agents")]


def test_equal_numbers_are_equal_and_true_is_no_number():
    assert registry_changes(load('{"a": 1.0}'), load('{"a": 1}')) == []
    assert registry_changes(load('{"a": true}'), load('{"a": 1}')) != []


def test_an_entry_that_is_a_word_becomes_unavailable_too():
    old, new = (
        read({"a": {"x": "available"}}),
        read({"a": {"x": "unavailable", "y": "unavailable"}}),
    )
    found = registry_changes(old, new, ("a",), frozenset({"x", "y"}))
    assert [(c.kind, c.place) for c in found] == [("unavailable", ("a", "x"))]
    found = registry_changes(old, new, ("a",))
    assert [c.kind for c in found] == ["unavailable", "added"]


def test_lists_are_compared_item_by_item():
    old, new = read({"x": ["a", "b"]}), read({"x": ["a", "c", {"y": 1}]})
    found = [(c.kind, c.place, c.old, c.new) for c in registry_changes(old, new)]
    assert found == [
        ("changed", ("x", 1), '"b"', '"c"'),
        ("added", ("x", 2), None, '{"y":1}'),
    ]
    assert [(c.kind, c.place) for c in registry_changes(new, old)] == [
        ("changed", ("x", 1)),
        ("removed", ("x", 2)),
    ]


def test_a_place_may_be_in_neither_an_object_nor_anywhere():
    assert value_at({"a": {"b": 1}}, ("a", "b")) == 1
    assert value_at({"a": {"b": 1}}, ()) == {"a": {"b": 1}}
    assert value_at({"a": [1]}, ("a", "b")) is None
    assert value_at({"a": 1}, ("b", "a")) is None
