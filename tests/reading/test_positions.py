"""Where a diagnostic points: lines and columns from 1, columns in code points."""

from __future__ import annotations

import pytest

from govkb.source import Position, SourceText, Span

TEXT = "---\nid: one\ntitle: One\nenforcement: none\n{}\n---\n\n## Pattern\n\nA.\n\n## Rule\n\n{}\n"


@pytest.fixture
def marked(project):
    """The text that the only diagnostic points at."""

    def of(fields="owner: x", body="B."):
        made = project({"records/pitfalls/one.md": TEXT.format(fields, body)})
        (diagnostic,) = made.check()
        span = diagnostic.span
        assert span.start.line == span.end.line
        line = (made.root / diagnostic.path).read_text().split("\n")[span.start.line - 1]
        return line[span.start.column - 1 : span.end.column - 1]

    return of


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ("tags: [é, 備, '🚒']\nrelates_to: [gone]", "gone"),
        ("relates_to: ['ключ-1 🚒', ]", "'ключ-1 🚒'"),
        ("relates_to:\n  - {note: 'é 備 🚒', ref: gone-é}", "gone-é"),
        ("owner: Zoë\nevidence: {ref: gone, note: Zoë}", "gone"),
        ("enforcément: none", "enforcément"),
        ("severity: '🚒'", "severity"),
        ("summáry: 2", "summáry"),
        ("owner: Zoë\nowner: Zoë 🚒", "owner"),
        ("owner: ''", "''"),
        ("date: 'né 2026'", "'né 2026'"),
    ],
)
def test_a_field_is_pointed_at_exactly(marked, fields, text):
    assert marked(fields=fields) == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ("ключ: 1\nключ: 2", "ключ"),
        ("tags: [é, !!str 備]", "!!str 備"),
        ('summary: "é 🚒 \\e"', '"é 🚒 \\e"'),
    ],
)
def test_a_fault_of_the_yaml_is_pointed_at_exactly(project, fields, text):
    made = project({"records/pitfalls/one.md": TEXT.format(fields, "B.")})
    found = [d for d in made.check() if d.code.startswith("READ")]
    span = found[0].span
    line = (made.root / found[0].path).read_text().split("\n")[span.start.line - 1]
    assert line[span.start.column - 1 : span.end.column - 1] == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("é 備 🚒 INC-20260418-B é", "INC-20260418-B"),
        ("**é** INC-20260418-B", "INC-20260418-B"),
        ("| é | b |\n|---|---|\n| 備 | INC-20260418-B |", "INC-20260418-B"),
        ("- [ ] 🚒 INC-20260418-B", "INC-20260418-B"),
        ("> [!NOTE]\n> é INC-20260418-B", "INC-20260418-B"),
        ("&eacute; &amp; INC-20260418-B", "INC-20260418-B"),
        ("é\\\n備 INC-20260418-B", "INC-20260418-B"),
        ("備 [é](gone.md) é", "[é](gone.md)"),
    ],
)
def test_a_mention_is_pointed_at_exactly(marked, body, text):
    assert marked(body=body) == text


SOURCE = SourceText("a.md", "é備\n🚒x\n\nend".encode())


@pytest.mark.parametrize(
    ("offset", "line", "column"),
    [(0, 1, 1), (2, 1, 2), (5, 1, 3), (6, 2, 1), (10, 2, 2), (12, 3, 1), (13, 4, 1), (99, 4, 4)],
)
def test_an_offset_in_bytes_is_a_line_and_a_column_in_code_points(offset, line, column):
    assert SOURCE.position(offset) == Position(line, column)


def test_a_span_ends_before_its_end():
    assert SOURCE.span(2, 5) == Span(Position(1, 2), Position(1, 3))


@pytest.mark.parametrize(("number", "text"), [(0, ""), (1, "é備"), (3, ""), (4, "end"), (5, "")])
def test_a_line_is_without_its_end(number, text):
    assert SOURCE.line(number) == text


def test_a_place_far_down_a_long_file_is_told_in_the_same_way():
    lines = [f"line {number} é" for number in range(8000)]
    source = SourceText("x.md", "\n".join(lines).encode())
    for number in (0, 1, 4000, 7998, 7999):
        start = len("\n".join([*lines[:number], ""]).encode())
        end = start + len(lines[number].encode())
        last_column = len(lines[number]) + 1
        assert source.span(start, end) == Span(
            Position(number + 1, 1), Position(number + 1, last_column)
        )
    assert source.position(1 << 30) == Position(8000, len(lines[-1]) + 1)
