"""Edges between records: one for each pair and kind, inverse ones derived."""

from __future__ import annotations

import pytest


def edges(graph):
    return sorted(
        (r.source, r.kind.name if r.kind else "mentions", r.target) for r in graph.relations
    )


def test_a_relation_points_from_the_citing_to_the_cited_record(graph_of):
    graph = graph_of({"a": ("supersedes: b",), "b": ()})
    assert edges(graph) == [("a", "supersedes", "b")]
    assert [r.target for r in graph.outgoing["a"]] == ["b"]
    assert [r.source for r in graph.incoming["b"]] == ["a"]
    assert "b" not in graph.outgoing


def test_a_relation_stated_from_the_other_end_is_the_same_edge(graph_of):
    graph = graph_of({"a": (), "b": ("superseded_by: a",)})
    assert edges(graph) == [("a", "supersedes", "b")]


def test_a_relation_stated_from_both_ends_is_one_edge(graph_of):
    graph = graph_of({"a": ("supersedes: b",), "b": ("superseded_by: a",)})
    assert edges(graph) == [("a", "supersedes", "b")]


def test_two_spellings_of_one_record_are_one_edge(graph_of):
    graph = graph_of({"a": ("relates_to: [b, pitfalls/b.md, {ref: b, note: again}]",), "b": ()})
    assert edges(graph) == [("a", "relates_to", "b")]


def test_two_kinds_are_two_edges(graph_of):
    graph = graph_of({"a": ("relates_to: b\nmitigates: b",), "b": ()})
    assert edges(graph) == [("a", "mitigates", "b"), ("a", "relates_to", "b")]


def test_a_note_is_kept(graph_of):
    graph = graph_of({"a": ("relates_to:\n  - {ref: b, note: 'found by it'}",), "b": ()})
    assert graph.relations[0].note == "found by it"


def test_a_group_gives_one_edge_for_each_member(graph_of):
    records = {f"DEC-20260421-{letter}": () for letter in "ABC"}
    graph = graph_of({"a": ("relates_to: DEC-20260421-A/B/C",), **records})
    assert [target for _, _, target in edges(graph)] == list(records)


def test_a_mention_is_an_edge_where_no_declared_one_joins_the_two(graph_of):
    graph = graph_of({"a": ("", "See pitfalls/b.md and pitfalls/b.md again."), "b": ()})
    assert edges(graph) == [("a", "mentions", "b")]


@pytest.mark.parametrize("declared", ["a", "b"])
def test_a_declared_relation_in_either_direction_outdoes_a_mention(graph_of, declared):
    other = {"a": "b", "b": "a"}[declared]
    records = {"a": ["", "See pitfalls/b.md."], "b": ["", ""]}
    records[declared][0] = f"relates_to: {other}"
    assert edges(graph_of(records)) == [(declared, "relates_to", other)]


def test_a_record_has_no_edge_to_itself(graph_of):
    assert edges(graph_of({"a": ("relates_to: a", "See pitfalls/a.md.")})) == []


def test_what_leads_nowhere_is_no_edge_but_stays_a_citation(graph_of):
    graph = graph_of({"a": ("relates_to: [gone, 'repo#5']",)})
    assert edges(graph) == []
    kinds = [c.resolution.kind.value for c in graph.citations]
    assert kinds == ["unresolved", "external"]


@pytest.mark.parametrize(
    "value", ["{a: b}", "[[b]]", "[{note: b}]", "3", "[3, null]", "{ref: 3}", "true", ""]
)
def test_a_value_of_the_wrong_shape_is_no_reference(graph_of, value):
    assert graph_of({"a": (f"relates_to: {value}",), "b": ()}).citations == ()


def test_a_reference_deeper_down_states_the_relation_that_the_type_says(graph_of):
    brief = "---\nid: BRIEF-20260421-x\n---\n"
    graph = graph_of(
        {"DEC-20260421-D": ("source: {brief: BRIEF-20260421-x, bullet: D}",)},
        {"records/briefs/BRIEF-20260421-x.md": brief},
    )
    assert edges(graph) == [("DEC-20260421-D", "brief", "BRIEF-20260421-x")]


def test_records_without_an_id_have_no_edges(graph_of):
    files = {"records/pitfalls/x.md": "---\ntitle: X\nrelates_to: a\n---\n"}
    assert edges(graph_of({"a": ()}, files)) == []
