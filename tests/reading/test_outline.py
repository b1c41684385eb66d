from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govkb.reading.body import read_body
from govkb.reading.outline import _scanned, outline_of, read_outline

_PIECES = [
    *("a", "text ", "\n", "\n\n", " ", "  ", "   ", "\t", "\u00a0", "\\", "&amp;", "`", "__"),
    *("# h", "## Two", "### Three ", "#", "###### six", "# `c` *e*", "# a #", "##  x ##", "é# "),
    *("- ", "- item", "  - nested", "  cont", "    code", "1. ", "+ a", "- [ ] t", "> q", "> "),
    *("```", "```sh", "~~~", "````", "\n```\n", "\n   ```\n", "\n- a\n  # x\n", "\n# ", "\n## "),
    *("<!-- c -->", "<!--", "-->", "<b>", "<div>", "<!-->", "\n<!-- m\n# no\n-->\n"),
    *("---", "***", "===", "--", "-", "=", "* * *", "**b**", "_e_", "| a | b |", "|---|---|"),
    *("[a]: /x", "[^1]: n", "[x](y.md)", "\x00", "\x0c"),
]
MARKDOWN = st.lists(st.sampled_from(_PIECES), max_size=16).map("".join)


@given(MARKDOWN)
@example("> [a]: /x\n# [a]: /x")
@example("<!-->\n# \n<!-- m\n# no\n-->\n")
@example("# a #\t")
def test_the_quick_way_finds_what_the_parser_finds(text):
    for start, data in ((0, text.encode()), (4, b"---\n" + text.encode())):
        quick = _scanned(data, start)
        if quick is not None:
            assert quick == outline_of(read_body(data, start), len(data))


@given(MARKDOWN)
def test_sections_are_those_of_the_parser(text):
    data = text.encode()
    body, outline = read_body(data, 0), read_outline(data, 0)
    found = [(s.name, s.heading.start, s.end, s.has_text) for s in outline.sections()]
    assert found == [(s.name, s.heading.start, s.end, s.has_text) for s in body.sections]


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\n## Summary\n\nWords.\n\n## Learnings\n\n- one\n  - two\n",
        "## Code\n\n```sh\n# no heading\n```\n\n~~~\n## nor this\n~~~\n",
        "## Comments\n\n<!-- write here\n## not a heading\n-->\n\n## Next\n",
        "before\n\n## A\n\n---\n\n## B\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "## With `code` and *emphasis*\n\n> quoted\n",
    ],
)
def test_ordinary_records_need_no_parser(text):
    assert _scanned(text.encode(), 0) is not None


def test_a_section_within_another_is_found_only_there():
    text = "## Pack\n\n### What changed\n\nMuch.\n\n### Why\n\n## Other\n\n### What changed\n"
    outline = read_outline(text.encode(), 0)
    inside = outline.section("what changed", within="Pack")
    assert inside is not None and inside.has_text
    assert outline.section("Why", within="Other") is None
    assert outline.section("What changed") is None


def test_a_section_has_the_text_of_its_subsections():
    outline = read_outline(b"## A\n\n### B\n\ntext\n\n## C\n\n### D\n", 0)
    assert [(s.name, s.has_text) for s in outline.sections()] == [("A", True), ("C", False)]
