"""Rows of tables, cited by their ids."""

from __future__ import annotations

import pytest

from govkb.graph.rows import row_ids, rows_in

TYPE = """type: roadmap
label: Roadmap
purpose: What is to be done.
id: "ROADMAP-{slug}"
path: "roadmaps/{id}.md"
row_ids: {column: ID, cited_as: [Roadmap items, Roadmap item, IDs]}
sections: {Items: {}}
"""
TABLE = "| P | id |\n|---|---|\n| 1 | 094 |\n| a \\| b | **095** |\n| 2 |\n"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("094-097", ["094", "095", "096", "097"]),
        ("098–101", ["098", "099", "100", "101"]),
        ("98 — 100", ["98", "99", "100"]),
        ("5 to 7", ["5", "6", "7"]),
        ("094, 096 and 098-099", ["094", "096", "098", "099"]),
        ("17b", ["17b"]),
        ("17a-17b", ["17a", "17b"]),
        ("9-7", []),
        ("", []),
    ],
)
def test_a_range_is_written_out_with_its_zeros(text, rows):
    assert rows_in(text) == rows


def test_a_range_without_end_is_cut():
    assert len(rows_in("1-999999")) == 1001


def roadmap(name, table=TABLE):
    return f"---\nid: ROADMAP-{name}\ntitle: T\n---\n\n# T\n\n{table}"


@pytest.fixture
def rows_of(graph_of):
    def find(text, **roadmaps):
        files = {"templates/roadmap/type.yaml": TYPE}
        files |= {f"records/roadmaps/ROADMAP-{n}.md": roadmap(n, t) for n, t in roadmaps.items()}
        graph = graph_of({"citing": ("", text)}, files)
        return [
            (c.citation.name.row, c.resolution.kind.value, c.misses_part)
            for c in graph.citations
            if c.citation.record.id == "citing"
        ]

    return find


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Roadmap items 094-095.", [("094", "row", False), ("095", "row", False)]),
        ("Roadmap item 096", [("096", "row", True)]),
        ("IDs 94", [("94", "row", True)]),
        ("`IDs 094`", []),
        ("Roadmap items of 2026", []),
        ("IDs 094a", [("094a", "row", True)]),
    ],
)  # fmt: skip
def test_rows_are_looked_up_in_the_one_table(rows_of, text, found):
    assert rows_of(text, platform=TABLE) == found


def test_two_tables_are_never_chosen_between(rows_of):
    assert rows_of("IDs 094", one=TABLE, two=TABLE) == [("094", "ambiguous", False)]
    assert rows_of("IDs 094", one=TABLE, two="No table.") == [("094", "row", False)]
    assert rows_of("IDs 094", one="No table.") == [("094", "unresolved", False)]


def test_the_ids_of_all_tables_with_the_column_count(project):
    body = f"{TABLE}\n| x |\n|---|\n| 7 |\n\n| ID |\n|---|\n| `9` |\n"
    made = project({"records/pitfalls/a.md": f"---\nid: a\n---\n\n{body}"})
    (record,) = made.load().records
    assert row_ids(record, "ID") == {"094", "095", "9"}
    assert row_ids(record, "other") is None
