from __future__ import annotations

import pytest

from govkb.reading import Record, read_record
from govkb.record_text.comments import comments, has_comments, verbatim_extents
from govkb.rules.comments import comments_of, verbatim_parts
from govkb.workspace import Workspace


def texts(text, code=()):
    return [comment.text for comment in comments(text.encode(), 0, code)]


def verbatim(text):
    data = text.encode()
    return [data[a:b].decode() for a, b in verbatim_extents(comments(data, 0, ()))]


@pytest.fixture
def record(project):
    def make(body) -> Record:
        workspace: Workspace = project().open()
        path = "pitfalls/look-first.md"
        data = f"---\nid: look-first\ntitle: Look first\nenforcement: none\n---\n{body}".encode()
        found = read_record(path, path, data, workspace.catalogue).record
        assert found is not None
        return found

    return make


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <!-- govkb: verbatim --> b", ["verbatim"]),
        ("<!--govkb:verbatim-->", ["verbatim"]),
        (
            "<!-- govkb:\n  ignore REF002\n  -- the day's\n  mail -->",
            ["ignore REF002 -- the day's mail"],
        ),
        ("<!-- govkb: a --> <!-- govkb: b -->", ["a", "b"]),
        ("<!-- a word about govkb: none -->", []),
        ("<!-- <!-- govkb: inside -->", []),
        ("<!-- govkb: never closed", []),
        ("<!-- GOVKB: verbatim -->", []),
        ("govkb: verbatim", []),
        ("", []),
    ],
)
def test_comments_meant_for_govkb_are_found(text, expected):
    assert texts(text) == expected


def test_what_has_none_is_told_quickly():
    assert not has_comments(b"<!-- a comment -->")
    assert not has_comments(b"govkb: a tool")
    assert has_comments(b"<!-- govkb: verbatim -->")


def test_a_comment_has_its_place():
    data = "é <!-- govkb: verbatim -->".encode()
    (found,) = comments(data, 0, ())
    assert data[found.start : found.end] == b"<!-- govkb: verbatim -->"


def test_a_comment_in_code_is_an_example_and_hides_nothing_after_it():
    text = "`<!-- govkb: a` <!-- govkb: b -->"
    assert texts(text, [(0, 15)]) == ["b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a<!-- govkb: verbatim -->b<!-- govkb: end verbatim -->c", ["b"]),
        (
            "<!-- govkb: verbatim -->a<!-- govkb: verbatim -->b<!-- govkb: end verbatim -->",
            ["a<!-- govkb: verbatim -->b"],
        ),
        ("<!-- govkb: verbatim -->a", []),
        ("a<!-- govkb: end verbatim -->", []),
        ("<!-- govkb: verbatim please -->a<!-- govkb: end verbatim -->", []),
    ],
)
def test_verbatim_parts_need_a_beginning_and_an_end(text, expected):
    assert verbatim(text) == expected


def test_two_verbatim_parts_are_two():
    part = "<!-- govkb: verbatim -->a<!-- govkb: end verbatim -->"
    assert verbatim(part + "b" + part) == ["a", "a"]


@pytest.mark.parametrize(
    "code",
    [
        "`{}`",
        "```\n{}\n```",
        "- in a list\n\n  ```html\n  {}\n  ```",
        "> ~~~\n> {}\n> ~~~",
        "    {}",
    ],
)
def test_a_records_comments_are_those_outside_code(record, code):
    marker = "<!-- govkb: verbatim -->"
    body = f"One.\n\n{code.format(marker)}\n\nTwo.\n\n<!-- govkb: ignore REF002 -- a reason -->\n"
    assert [comment.text for comment in comments_of(record(body))] == ["ignore REF002 -- a reason"]


def test_a_records_verbatim_parts_are_places_in_its_file(record):
    found = record("One.\n\n<!-- govkb: verbatim -->\nTwo.\n<!-- govkb: end verbatim -->\n")
    ((start, end),) = verbatim_parts(found)
    assert found.source.text(start, end) == "\nTwo.\n"
