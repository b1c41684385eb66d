"""Stacks of items, held against an independent way to find their order."""

from dataclasses import replace
from itertools import pairwise

import networkx
from hypothesis import given
from hypothesis import strategies as st

from govkb.queries.stacks import stack_of
from govkb.reading.items import Item, Value
from govkb.record_types.items import ItemType

KIND = ItemType("request", "Request", "Requests", after="target", roots=("main",))
NAMES = [f"!{n}" for n in range(28, 35)]


def item(name, target):
    return Item(KIND, name, "x", "open", {"target": Value(target)}, 0, 0)


@given(st.lists(st.sampled_from([*NAMES, "main", "elsewhere"]), min_size=7, max_size=7))
def test_an_order_that_can_be_is_found_where_there_is_one(targets):
    requests = [item(n, f"branch of `{t}`") for n, t in zip(NAMES, targets, strict=True)]
    after = {n: {t} & set(NAMES) - {n} for n, t in zip(NAMES, targets, strict=True)}
    stack = stack_of(KIND, requests)
    graph = networkx.DiGraph((before, name) for name, names in after.items() for before in names)
    graph.add_nodes_from(NAMES)
    if not networkx.is_directed_acyclic_graph(graph):
        assert len(stack.circle) > 1
        assert not {i.name for i in stack.circle} & {i.name for i in stack.order}
        turn = [i.name for i in stack.circle]
        assert all(before in after[name] for name, before in pairwise([*turn, turn[0]]))
        return
    assert stack.circle == ()
    place = {i.name: number for number, i in enumerate(stack.order)}
    assert len(place) == len(NAMES)
    assert all(place[before] < place[name] for name, names in after.items() for before in names)
    first = networkx.lexicographical_topological_sort(graph, NAMES.index)
    assert [i.name for i in stack.order] == list(first)
    assert stack.depth == 1 + networkx.dag_longest_path_length(graph)


def test_the_stack_of_the_handoff_is_four_deep_with_three_alone():
    targets = ("main", "main", "main", "main", "!28", "!32", "!33")
    stack = stack_of(KIND, [item(n, t) for n, t in zip(NAMES, targets, strict=True)])
    assert stack.depth == 4
    assert [i.name for i in stack.alone] == ["!29", "!30", "!31"]
    assert [[i.name for i in stack.way_to(top)] for top in stack.tops] == [
        ["!28", "!32", "!33", "!34"]
    ]
    assert stack.astray == ()


def test_what_comes_after_nothing_that_is_there_is_astray():
    stack = stack_of(KIND, [item("!28", "branch of `!27`"), item("!29", "`main`")])
    assert [i.name for i in stack.astray] == ["!28"]


def test_an_item_waits_for_the_last_exclusive_one_which_waits_for_those_before_it():
    kind = replace(KIND, after=None, exclusive="alone")
    names = [f"!{n}" for n in range(2000)]
    steps = [Item(kind, n, "x", "open", {"alone": Value("yes")}, 0, 0) for n in names]
    stack = stack_of(kind, steps)
    assert [i.name for i in stack.order] == names
    assert stack.depth == len(names)
    assert sum(map(len, stack.after.values())) == len(names) - 1
    assert stack.way_to(stack.tops[0]) == stack.order
