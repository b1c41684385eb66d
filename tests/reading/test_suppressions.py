from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.reading.frontmatter import read_frontmatter
from govkb.reading.suppressions import suppressions_of
from govkb.source import SourceText

HEAD = "---\nid: x\n---\n"


def found(text):
    source = SourceText("x.md", text.encode())
    front = read_frontmatter(source)
    return suppressions_of(source, front.yaml_start, front.yaml_end, front.body_start)


def covered(text):
    """The lines that the only suppression of a text covers."""
    (suppression,) = found(text)
    return suppression.first_line, suppression.last_line


def test_a_file_without_any_has_none():
    assert found(f"{HEAD}# A\n\nText.\n") == ()


def test_names_and_reason_are_read():
    (one,) = found(f"{HEAD}<!-- govkb: ignore REF002, missing-field SEC -- it -- was\nlost -->\n")
    assert (one.verb, one.names, one.reason) == (
        "ignore",
        ("REF002", "missing-field", "SEC"),
        "it -- was lost",
    )


@pytest.mark.parametrize("dash", ["--", "---", "–", "—"])
def test_any_dash_separates_the_reason(dash):
    (one,) = found(f"{HEAD}<!-- govkb: ignore REF002 {dash} gone -->\n")
    assert (one.names, one.reason) == (("REF002",), "gone")


@pytest.mark.parametrize(
    ("comment", "names", "reason"),
    [
        ("ignore", (), ""),
        ("ignore REF002", ("REF002",), ""),
        ("ignore REF002 --", ("REF002",), ""),
        ("ignore -- why", (), "why"),
        ("ignore REF002--why", ("REF002--why",), ""),
        ("ignore unknown-value -- a-b", ("unknown-value",), "a-b"),
    ],
)
def test_what_is_left_out_is_empty(comment, names, reason):
    (one,) = found(f"{HEAD}<!-- govkb: {comment} -->\n")
    assert (one.names, one.reason) == (names, reason)


def test_another_word_in_the_place_of_the_verb_is_kept_for_the_message():
    (one,) = found(f"{HEAD}<!-- govkb: ignor REF002 -- x -->\n")
    assert one.verb == "ignor"


@pytest.mark.parametrize("text", ["<!-- govkb: verbatim -->", "<!-- govkb: end verbatim -->"])
def test_other_comments_for_govkb_are_no_suppressions(text):
    assert found(f"{HEAD}{text}\n") == ()


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("Text. <!-- govkb: ignore A -- x -->\nMore.\n", (4, 4)),
        ("Text <!-- govkb: ignore A -- x --> goes on.\nMore.\n", (4, 4)),
        ("<!-- govkb: ignore A -- x --> Text.\nMore.\n", (4, 4)),
        ("- <!-- govkb: ignore A -- x -->\n- More.\n", (4, 4)),
        ("<!-- govkb: ignore A -- x -->\nText.\nMore.\n\nLast.\n", (4, 6)),
        ("<!-- govkb: ignore A -- x -->\n\n\nText.\nMore.\n\nLast.\n", (4, 8)),
        ("<!-- govkb: ignore A -- x -->\nText.", (4, 5)),
        ("<!-- govkb: ignore A -- x -->\n\nText.", (4, 6)),
        ("<!-- govkb: ignore A --\nx -->\n\n## Heading\n\nText.\n", (4, 7)),
        ("> <!-- govkb: ignore A -- x -->\n>\n> Text.\n> More.\n>\n> Last.\n", (4, 7)),
        ("<!-- govkb: ignore A -- x -->\n```\na\n\nb\n```\nMore.\n\nLast.\n", (4, 10)),
        ("<!-- govkb: ignore A -- x -->\n```\na\n\nb\n", (4, 9)),
        ("| a |\n|---|\n| b | <!-- govkb: ignore A -- x --> |\n| c |\n", (6, 6)),
    ],
)
def test_a_comment_covers_its_line_or_the_block_below(body, lines):
    assert covered(HEAD + body) == lines


def test_a_comment_with_nothing_below_covers_nothing_else():
    first, last = covered(f"{HEAD}Text.\n\n<!-- govkb: ignore A -- x -->\n")
    assert first == 6
    assert last >= 6


def test_comments_above_each_other_cover_the_same_block():
    above = "<!-- govkb: ignore A -- x -->\n\n<!-- govkb: ignore B -- y -->\n"
    a, b = found(f"{HEAD}{above}\nText.\n")
    assert (a.last_line, b.last_line) == (8, 8)


def test_a_comment_can_cover_the_file():
    (one,) = found(f"{HEAD}Text.\n\n<!-- govkb: ignore-file A -- x -->\n")
    assert one.covers_file


@pytest.mark.parametrize(
    "body",
    [
        "```\n<!-- govkb: ignore A -- x -->\n```\n",
        "~~~markdown\n<!-- govkb: ignore A -- x -->\n~~~\n",
        "    <!-- govkb: ignore A -- x -->\n",
        "Write `<!-- govkb: ignore A -- x -->` here.\n",
        "- item\n\n  ```\n  <!-- govkb: ignore A -- x -->\n  ```\n",
        "<!-- about govkb: ignore A -- x -->\n",
        "<!-- govkb: ignore A -- never closed\n",
        "# govkb: ignore A -- a heading\n",
    ],
)
def test_examples_and_look_alikes_are_no_suppressions(body):
    assert found(HEAD + body) == ()


YAML = """\
---
id: x
relates_to:
- ref: A
  note: >
    # govkb: ignore B -- text

    more
- ref: C
owner: {name: D,
  mail: E}
text: "x # govkb: ignore B -- text
  y"
last: z
---
"""


@pytest.mark.parametrize(
    ("after", "comment", "lines"),
    [
        ("id: x", " # govkb: ignore B -- w", (2, 2)),
        ("relates_to:", " # govkb: ignore B -- w", (3, 9)),
        ("- ref: A", " # govkb: ignore B -- w", (4, 8)),
        ("- ref: C", " #govkb: ignore B -- w", (9, 9)),
        ("owner: {name: D,", " # govkb: ignore B -- w", (10, 11)),
        ("  mail: E}", " # govkb: ignore B -- w", (11, 11)),
        ('  y"', " # govkb: ignore B -- w", (12, 13)),
        ("last: z", "  ## govkb: ignore B -- w", (14, 14)),
        ("id: x", "\n# govkb: ignore B -- w", (3, 10)),
        ("relates_to:", "\n  # govkb: ignore B -- w", (4, 9)),
        ("  mail: E}", "\n\n# govkb: ignore B -- w\n# and so on", (13, 16)),
        ("last: z", "\n# govkb: ignore B -- w", (15, 15)),
    ],
)
def test_a_comment_in_frontmatter_covers_its_key_or_the_one_below(after, comment, lines):
    (suppression,) = found(YAML.replace(after, after + comment, 1))
    assert (suppression.names, suppression.reason) == (("B",), "w")
    assert (suppression.first_line, suppression.last_line) == lines


def test_text_in_yaml_is_no_comment():
    assert found(YAML) == ()


def test_a_comment_in_frontmatter_can_cover_the_file():
    (suppression,) = found("---\n# govkb: ignore-file SEC -- a stub\nid: x\n---\n")
    assert suppression.covers_file
    assert suppression.is_alone


def test_frontmatter_and_body_both_count_in_order():
    text = "---\nid: x # govkb: ignore A -- a\n---\nText. <!-- govkb: ignore B -- b -->\n"
    assert [s.names for s in found(text)] == [("A",), ("B",)]


def test_offsets_are_of_the_comment_itself():
    text = "---\nid: ü # govkb: ignore A -- ä \n---\nÜ <!-- govkb: ignore B -- b --> x\n"
    data = text.encode()
    spans = [data[s.start : s.end].decode() for s in found(text)]
    assert spans == ["# govkb: ignore A -- ä", "<!-- govkb: ignore B -- b -->"]


def test_suppressions_survive_pickling():
    suppressions = found(f"{HEAD}<!-- govkb: ignore A -- x -->\n")
    assert pickle.loads(pickle.dumps(suppressions)) == suppressions


PIECES = (
    "<!-- govkb: ignore A -- x -->",
    "# govkb: ignore A -- x",
    "```\n",
    "> ",
    "- a\n",
    "\n",
    "é",
)


@given(st.lists(st.sampled_from(PIECES)), st.lists(st.sampled_from(PIECES)))
def test_nothing_lies_outside_of_the_file(yaml, body):
    text = "---\nid: x\n" + "".join(yaml) + "\n---\n" + "".join(body)
    lines = text.count("\n") + 1
    for suppression in found(text):
        assert 0 <= suppression.start < suppression.end <= len(text.encode())
        assert 1 <= suppression.first_line <= suppression.last_line <= lines
