from __future__ import annotations

import pyromark
import pytest

from govkb.reporting.forge_text import line, name

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_FOOTNOTES
)


def seen(markdown):
    """What a reader sees of it, with every tag that it became."""
    return pyromark.html(markdown, options=_OPTIONS).removeprefix("<p>").removesuffix("</p>\n")


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "<!-- hidden -->",
        "</details>",
        "[a link](https://example.org)",
        "![a picture](https://example.org/x.png)",
        "<https://example.org>",
        "*strong* __words__ ~~gone~~ `code`",
        "# A heading",
        "- an item",
        "1. an item",
        "> a quote",
        "a\n\n/close\n\nb",
        "a | b | c",
        "&lt;b&gt; &#64;team",
        "[^1] and [x]: https://example.org",
        "\\*not strong\\*",
        "$$\\href{https://example.org}{x}$$",
    ],
)
def test_no_words_become_markup(words):
    assert "<" not in seen(line(words)).replace("&lt;", "")


@pytest.mark.parametrize(
    ("words", "trigger"),
    [
        ("ask @team and @org/team", "@t"),
        ("mail me@example.org", "@example"),
        ("closes #12", "#12"),
        ("closes org/repo#12", "#12"),
        ("see !31", "!31"),
        ("~bug", "~bug"),
        ('~"two words"', '~"'),
        ("%v1", "%v1"),
        ("&12", "&amp;12"),
        ("$5", "$5"),
        ("https://example.org", "://"),
        ("www.example.org", "www."),
        ("GH-12", "GH-1"),
        (":tada:", ":tada:"),
        ("[vulnerability:5]", "[vuln"),
    ],
)
def test_no_words_name_or_link_anything(words, trigger):
    assert trigger not in seen(line(words))


def test_formulas_are_none_before_markdown_is_read():
    assert "$" not in line("$x$ and $`y`$")


def test_plain_words_stay_as_they_are():
    words = "Zero backups for 74 days: 10:30 to 11:45, 100 % of it (50 & more); a#b"
    assert seen(line(words)).replace("\u200b", "").replace("&amp;", "&") == words
    assert line("Zero backups, at 10:30") == "Zero backups, at 10:30"


def test_what_can_not_be_seen_is_written_out():
    assert "\u202e" not in line("a\u202eb")
    assert "u202e" in seen(line("a\u202eb"))


def test_what_is_long_is_cut_before_it_is_escaped():
    cut = line("<" * 500, 10)
    assert cut == "&lt;" * 9 + "…"


def test_names_are_code_and_never_break_a_table():
    assert name("a`b") == "``a`b``"
    assert "|" not in name("a|b")
    assert "\n" not in name("a\nb")
