from __future__ import annotations

import json

import pytest

from govkb.reporting.escaping import encodable, json_text, visible, visible_line, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb", "a b"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x00\x07\x7f\x85", "\\x00\\x07\\x7f\\x85"),
        ("a\r\nb", "a\\x0d\\x0ab"),
        ("\u202egnp.\u2066x\u2069", "\\u202egnp.\\u2066x\\u2069"),
        ("\u061c\u200b\u2028\ufeff\uffff", "\\u061c\\u200b\\u2028\\ufeff\\uffff"),
        ("\U000e0041", "\\U000e0041"),
        ("\udcff\ud800", "\\xff\\ud800"),
        ("##[error]x", "#\\x23[error]x"),
        ("###vso[task.x]", "##\\x23vso[task.x]"),
        ("## [x] #[x] ##x ## x[", "## [x] #[x] ##x ## x["),
        ("Ünï çödé 🎉 ⚠️ 日本", "Ünï çödé 🎉 ⚠️ 日本"),
    ],
)
def test_what_acts_is_written_out_and_the_rest_stays(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("::error::x.md", "./::error::x.md"),
        (" \u00a0::error::x.md", "./ \u00a0::error::x.md"),
        (":", "./:"),
        ("a::b.md", "a::b.md"),
        ("a\n::b.md", "a\\x0a::b.md"),
    ],
)
def test_a_path_at_the_beginning_of_a_line_is_no_command(path, shown):
    assert visible_line(path) == shown


def test_only_lone_surrogates_keep_a_text_from_being_encoded():
    assert encodable("a\udcff\ud83d \x1b\n\u202e") == "a\\xff\\ud83d \x1b\n\u202e"


def test_json_says_the_same_and_holds_no_command():
    document = {"##[a]": ["##vso[b]", "\\##[", "\\\\##[c]", "##", {"#": "[##[]"}]}
    text = json_text(document)
    assert json.loads(text) == document
    assert "##[" not in text
    assert "##vso[" not in text


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("plain", 5),
        ("é", 1),
        ("e\u0301x", 2),
        ("日本", 4),
        ("\u1100\u1161\u11a8", 2),
        ("👍🏽", 2),
        ("🎉🎉 🚀", 7),
        ("⚠️", 2),
        ("⚠", 1),
        ("🇩🇪", 2),
        ("1️⃣", 2),
        ("→ ✓", 3),
        ("\u0301", 0),
    ],
)
def test_width_is_that_of_what_a_reader_sees(text, columns):
    assert width(text) == columns
