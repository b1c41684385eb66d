"""What is mentioned and could be declared."""

from __future__ import annotations

import pytest

from govkb.graph.suggestions import undeclared

B = "INC-20260418-B"


@pytest.fixture
def offered(graph_of):
    def find(records, relation="relates_to", files=None):
        found = undeclared(graph_of(records, files), relation)
        return [(s.record.id, s.target.id) for s in found]

    return find


@pytest.mark.parametrize(
    "text", [B, f"`{B}`", f"[x](../incidents/{B}.md)", "INC-B", f"incidents/{B}.md:3"]
)
def test_what_is_mentioned_and_not_declared_is_offered_once(offered, text):
    assert offered({B: (), "a": ("", f"{text} and {text}")}) == [("a", B)]


@pytest.mark.parametrize("text", [f"~~~\n{B}\n~~~", "INC-20260418-Z", "a.md", "#58", "no name"])
def test_nothing_else_is_offered(offered, text):
    assert offered({B: (), "a": ("", text)}) == []


def test_what_either_of_the_two_declares_by_any_relation_is_not_offered(offered):
    assert offered({B: (), "a": (f"mitigates: {B}", B)}) == []
    assert offered({B: ("caused_by: a",), "a": ("", B)}) == []


def test_two_that_mention_each_other_are_both_offered(offered):
    records = {"a": ("", "pitfalls/b"), "b": ("", "pitfalls/a")}
    assert offered(records) == [("a", "b"), ("b", "a")]


def test_a_record_never_relates_to_itself_or_to_an_id_that_two_have(offered):
    double = {f"records/incidents/{B}-two.md": f"---\nid: {B}\n---\n"}
    assert offered({B: ("", f"{B}")}) == []
    assert offered({B: (), "a": ("", f"[x](../incidents/{B}.md)")}, files=double) == []


def test_only_relations_that_the_type_has_and_that_lead_there_are_offered(offered):
    relation = "relations:\n  about: {label: About, inverse: notes, inverse_label: Notes}\n"
    types = {"templates/note/type.yaml": NOTE, "templates/vocabulary.yaml": relation}
    note = {"records/notes/NOTE-1.md": f"---\nid: NOTE-1\n---\n\n{B} and pitfalls/a\n"}
    files = types | note
    assert offered({B: (), "a": ()}, "about", files) == [("NOTE-1", B)]
    assert offered({B: (), "a": ()}, "relates_to", files) == []


NOTE = """type: note
label: Note
purpose: A note.
id: "NOTE-{int}"
path: "notes/{id}.md"
relations:
  about: {to: [incident]}
"""


def test_what_a_record_without_a_frontmatter_mentions_is_offered_too(offered):
    adr = f"# 1. Use it\n\nDate: 2026-04-18\n\n## Status\n\nAccepted\n\n## Context\n\n{B}.\n"
    assert offered({B: ()}, files={"records/adr/0001-use-it.md": adr}) == [("0001-use-it", B)]
