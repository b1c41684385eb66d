"""Circles of relations: every one is found, whatever the order of the files, and in little time."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkb.rules.rel.relation_cycle import _circles

nodes = st.integers(0, 7).map(lambda number: f"r{number}")
arrows = st.sets(st.tuples(nodes, nodes).filter(lambda ends: ends[0] != ends[1]), max_size=20)


def as_mapping(pairs):
    found = {}
    for start, end in sorted(pairs):
        found.setdefault(start, {})[end] = None
    return found


@settings(max_examples=300, deadline=None)
@given(arrows)
def test_there_are_circles_where_and_only_where_a_graph_has_some(pairs):
    found = list(_circles(as_mapping(pairs)))
    graph = networkx.DiGraph(list(pairs))
    assert bool(found) is not networkx.is_directed_acyclic_graph(graph)
    for circle in found:
        assert len(set(circle)) == len(circle) >= 2
        assert circle[0] == min(circle)
        for start, end in zip(circle, [*circle[1:], circle[0]], strict=True):
            assert (start, end) in pairs


@settings(max_examples=300, deadline=None)
@given(arrows)
def test_without_one_arrow_of_each_circle_there_is_none_left(pairs):
    left = set(pairs)
    while found := list(_circles(as_mapping(left))):
        left -= {(circle[-1], circle[0]) for circle in found}
    assert networkx.is_directed_acyclic_graph(networkx.DiGraph(list(left)))


@pytest.mark.parametrize("length", [2, 50_000])
def test_a_circle_may_be_long(length):
    ring = {f"r{n:05}": {f"r{(n + 1) % length:05}": None} for n in range(length)}
    (circle,) = _circles(ring)
    assert len(circle) == length
