"""What is an entry, and what of its text counts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkb.history import digest_of, entries_of, name_of, normalise, tombstone
from govkb.history.entries import append_only_sections, entries_among
from govkb.reading import read_record
from govkb.record_types import load_catalogue
from govkb.template_files import TemplateFiles, shipped_templates

HEAD = "---\nid: INC-20260418-B\ntitle: T\n---\n\n## Learnings\n\n"


@pytest.fixture(scope="module")
def entries():
    catalogue = load_catalogue(TemplateFiles((shipped_templates(),)))

    def read(body):
        data = (HEAD + body).encode()
        record = read_record("records/incidents/x.md", "incidents/x.md", data, catalogue).record
        return entries_of(record, "Learnings")

    return read


def test_every_top_level_block_is_an_entry_but_html_and_rules(entries):
    table, code = "| h |\n|---|\n| c |\n", "```\ncode\n```\n"
    body = f"- a\n- b\n\np\n\n{table}\n> q\n\n{code}\n---\n\n<!-- x -->\n\n### H\n"
    kinds = [entry.block.kind for entry in entries(body)]
    assert kinds == [
        *("item", "item", "paragraph", "table-head", "table-row", "quote", "code", "heading"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("- a\n", "1. a\n"),
        ("- a\n", "*   a\n"),
        ("- a\n", "  - a\n"),
        ("- a\n", "-\ta\n"),
        ("- a\n  b\n", "10. a\n    b\n"),
        ("- a\n  b\n", "   - a\n     b\n"),
        ("- a\n  - b\n", " - a\n   - b\n"),
        ("- a\n  - x\n", "1. a\n   - x\n"),
        ("- a\n  b\n", "- a\nb\n"),
        ("- a  \n", "- a\n"),
        ("| h |\n|---|\n| a |\n", "| h      |\n|:-------|\n|   a    |\n"),
        ("| a \\| b |\n|---|\n", "|  a \\| b|\n|---|\n"),
        ("- é\n", "- e\u0301\n"),
        ("p\nq\n", "   p\n   q\n"),
        ("### H\np\nq\n", "### H\n   p\n   q\n"),
        ("> p\n> q\n", "  > p\n  > q\n"),
        ("```\n  a\n b\n```\n", "  ```\n    a\n   b\n  ```\n"),
        ("- a\n- b\n", "- a\r- b\r"),
        ("- a\n  c\n- b\n  c\n", " - a\r   c\r - b\r   c\r"),
        ("- a\n  c\n- b\n  c\n", " - a\r\n   c\r\n - b\r\n   c\r\n"),
    ],
)
def test_what_no_reader_sees_makes_no_difference(entries, one, other):
    assert [e.digest for e in entries(one)] == [e.digest for e in entries(other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("- a\n", "- b\n"),
        ("- a b\n", "- a  b\n"),
        ("- [ ] a\n", "- [x] a\n"),
        ("- a\n", "- a\u200b\n"),
        ("- a\n", "- a\u00a0\n"),
        ("- a\n  - x\n  - y\n", "- a\n  - x\n    - y\n"),
        ("### a\n", "#### a\n"),
        ("| h |\n|---|\n| a b |\n", "| h |\n|---|\n| a  b |\n"),
        ("| h | k |\n|---|---|\n| a | |\n", "| h | k |\n|---|---|\n| | a |\n"),
        ("```\n  a\n b\n```\n", "```\n a\n b\n```\n"),
    ],
)
def test_what_a_reader_could_see_makes_one(entries, one, other):
    assert [e.digest for e in entries(one)] != [e.digest for e in entries(other)]


def test_a_digest_depends_on_the_record_and_the_section():
    digests = {
        digest_of(*parts)
        for parts in [
            ("INC-20260418-B", "Learnings", "a"),
            ("INC-20260418-C", "Learnings", "a"),
            ("INC-20260418-B", "Timeline", "a"),
            ("INC-20260418-B", "Learnings", "b"),
            ("INC-20260418-BL", "earnings", "a"),
            ("INC-20260418-B", "Learningsa", ""),
        ]
    }
    assert len(digests) == 6


def test_the_published_vectors_hold(checkout):
    vectors = json.loads((checkout / "docs" / "ledger-vectors.json").read_text("utf-8"))
    assert len(vectors["entries"]) > 8
    for vector in vectors["entries"]:
        text = normalise(vector["markdown"], vector["kind"])
        assert text == vector["text"], vector
        assert digest_of(vector["record"], vector["section"], text) == vector["sha256"], vector


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("item", "\t- a", "a"),
        ("item", "-\n  a", "a"),
        ("item", "-", ""),
        ("item", "\n\n- a\n\n", "a"),
        ("item", "+ a", "a"),
        ("item", "7) a", "a"),
        ("item", "123456789. a", "a"),
        ("item", "1234567890. a", "1234567890. a"),
        ("item", ". a", ". a"),
        ("item", "-\ta\n    b", "a\nb"),
        ("item", "-\ta\n\tb", "a\nb"),
        ("item", "-\ta\n     b", "a\n b"),
        ("item", "-a", "-a"),
        ("item", "1.5 times", "1.5 times"),
        ("code", "a\n\tb", "a\n    b"),
        ("code", "a\n \tb", "a\n    b"),
        ("code", "a \t\nb\t\n\nc", "a\nb\n\nc"),
        ("code", "\n  a\n\n    b\n", "a\n\n  b"),
        ("code", "\ta\r\n\tb\rc", "    a\n    b\nc".strip()),
        ("paragraph", "- a", "- a"),
        ("paragraph", "a\n  \n \t", "a"),
        ("table-row", "|\ta\t|\tb |", "a|b"),
        ("table-row", "| a| b |", "a|b"),
        ("table-head", "| a |b |", "a|b"),
        ("table-row", "\t a | b", "a|b"),
        ("table-row", "| a \\| b | c |", "a \\| b|c"),
        ("table-row", "|| b |", "|b"),
        ("table-row", "X | Y", "X|Y"),
    ],
)
def test_what_no_reader_sees_is_left_out_of_each_kind_of_block(kind, text, shown):
    assert normalise(text, kind) == shown


def test_a_text_is_taken_for_an_item_unless_one_says_otherwise():
    assert normalise("- a") == "a"


def test_the_whole_body_is_one_section_with_the_name_of_a_star(record_of):
    record = record_of("INC-20260418-B", "One.\n\n## Learnings\n\n- Two.\n")
    assert [entry.text for entry in entries_of(record, "*")] == [
        *("# T", "One.", "## Learnings", "Two."),
    ]
    assert {entry.section for entry in entries_of(record, "*")} == {"*"}
    starred = record_of("INC-20260418-B", "## \\*\n\n- Two.\n")
    assert [entry.text for entry in entries_of(starred, "*")] == ["# T", "## \\*", "Two."]


def test_a_section_is_known_by_its_name_and_its_aliases_whatever_the_case(record_of):
    body = "## APPENDIX\n\n- a\n\n## review/validation appendix\n\n- b\n\n## Else\n\n- c\n"
    record = record_of("2026-04-18-x", body, "session-captures/2026-04-18-x.md")
    assert [entry.text for entry in entries_of(record, "Appendix")] == ["a", "b"]
    assert {entry.section for entry in entries_of(record, "Appendix")} == {"Appendix"}
    untyped = record_of("x", body, "nowhere/x.md")
    assert [entry.text for entry in entries_of(untyped, "appendix")] == ["a"]
    assert [entry.text for entry in entries_of(record, "else")] == ["c"]


def test_the_entries_of_a_record_are_those_of_the_sections_that_its_type_keeps(record_of):
    body = "## Timeline\n\n- a\n\n## Summary\n\n- b\n\n## Learnings\n\n- c\n- d\n"
    record = record_of("INC-20260418-B", body)
    assert {"Timeline", "Learnings"} <= {*append_only_sections(record)}
    assert "Summary" not in append_only_sections(record)
    found = [(entry.section, entry.text) for entry in entries_among(record)]
    assert sorted(found) == [("Learnings", "c"), ("Learnings", "d"), ("Timeline", "a")]
    untyped = record_of("x", body, "nowhere/x.md")
    assert [*append_only_sections(untyped)] == [*entries_among(untyped)] == []


def test_what_stands_before_an_entry_on_its_line_is_no_part_of_it(entries):
    found = entries("[^1]: [^2]: a\n")
    assert [entry.text for entry in found] == ["[^1]:", "[^2]: a"]


def test_an_entry_goes_by_the_first_eight_digits_of_its_digest(entries):
    (entry,) = entries("- a\n")
    assert entry.name == name_of(entry.digest) == f"L-{entry.digest[:8]}"


@pytest.mark.parametrize(
    ("digits", "is_one"), [(7, False), (8, True), (9, True), (64, True), (65, False)]
)
def test_a_tombstone_has_at_least_eight_digits_and_at_most_all(entries, digits, is_one):
    (stone,) = entries(f"- [redacted L-{'9' * digits} on 2026-04-21: x]\n")
    assert stone.tombstone_for == ("9" * digits if is_one else None)


def test_a_tombstone_says_what_was_redacted_when_and_why():
    assert tombstone("9" * 64, "2026-04-21", "x") == "[redacted L-99999999 on 2026-04-21: x]"


def test_in_a_row_of_a_table_the_tombstone_is_the_first_cell_and_the_others_are_empty(entries):
    stone = "[redacted L-9f3c2a1b on 2026-04-21: x]"
    head, *rows = entries(f"| a | b | c |\n|---|---|---|\n| {stone} | | |\n| | {stone} | |\n")
    assert head.tombstone_for is None
    assert [row.tombstone_for for row in rows] == ["9f3c2a1b", None]
    (more,) = entries(f"- {stone}X\n")
    assert more.tombstone_for is None


def test_half_a_character_in_an_id_has_a_digest_as_well():
    assert digest_of("\ud800", "Learnings", "a") != digest_of("\ud801", "Learnings", "a")


def test_a_tombstone_names_the_entry_that_it_covers(entries):
    (stone,) = entries(
        f"- {tombstone('9f3c2a1b' + '0' * 56, '2026-04-21', 'names [x] a customer')}\n"
    )
    assert stone.tombstone_for == "9f3c2a1b"
    (no,) = entries("- [redacted L-9f3c2a1b on some day: x]\n")
    assert no.tombstone_for is None


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)


@settings(max_examples=300, deadline=None)
@given(words, st.sampled_from(["item", "paragraph", "table-row", "code"]))
def test_normalising_twice_is_normalising_once(text, kind):
    once = normalise(text, kind)
    assert normalise(once, "paragraph") == once
