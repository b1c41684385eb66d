from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govkb import strict_yaml
from govkb.plain_yaml import load_plain

_PIECES = [
    *("a", "b", "key", "id", ":", ": ", " ", "  ", "    ", "\n", "\n- ", "\n  - ", "- ", "x y"),
    *("[", "]", "{", "}", ",", ", ", "'", '"', "''", "#", " #", "|", ">", "&", "*", "!", "?", "%"),
    *("@", "`", "~", "null", "true", "no", "012", "1", "1.5", "0x1F", "1_0", ".5", ".inf", "1e3"),
    *("-", "--", "---", "...", "<<", "\t", "\\", "é", "🔴", "\u2028", "\x85", "2026-02-30", "1:30"),
    *("=", "+1", "-1", "\n  ", "\n    ", "\n\n", "1234567890123456789"),
]
_SCALARS = st.sampled_from(
    ["text", "two words", "'quoted: text'", '"x # y"', "7", "-1.5", "true", "", "2026-04-21"]
)
_KEYS = st.sampled_from(["id", "title", "relates_to", "due-by", "x1"])
_LINES = st.builds("{}: {}\n".format, _KEYS, _SCALARS)
_LISTS = st.builds(
    lambda key, items: f"{key}:\n" + "".join(f"  - {item}\n" for item in items),
    _KEYS,
    st.lists(_SCALARS, min_size=1, max_size=3),
)


@settings(max_examples=400)
@given(
    st.one_of(
        st.lists(st.sampled_from(_PIECES), max_size=14).map("".join),
        st.lists(st.one_of(_LINES, _LISTS), max_size=5).map("".join),
    )
)
@example("\n  <<:")
@example("a: 00\n")
@example("a: [1,000]\n")
@example("k: [a:]\n")
def test_what_is_taken_for_plain_is_read_as_the_strict_way_reads_it(text):
    value = load_plain(text)
    if value is not None:
        document = strict_yaml.load_from_events(text)
        assert not document.faults
        assert repr(document.value) == repr(value)


@pytest.mark.parametrize(
    "text",
    [
        "id: INC-20260418-B\ntitle: Zero backups for 74 days\nseverity: high\n",
        "tags: [storage, backup]\nrelates_to:\n  - INC-20260418-B\n  - {ref: X-1, note: why}\n",
        "detected: 2026-04-18T06:12:00Z\nsource:\n  brief: B-1\n  bullet: D\n",
        'title: "it\'s: here" # why\nlatent: true\nmaturity: 3\n',
    ],
)
def test_ordinary_frontmatter_is_plain(text):
    assert load_plain(text) == strict_yaml.load_from_events(text).value


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x\n",
        "a: !!python/object:os.system x\n",
        "a: 012\n",
        "a: 0x1F\n",
        "a: 1_000\n",
        "a: 1\na: 2\n",
        "1: a\n",
        "true: a\n",
        'a: "\\x1b"\n',
        "- a\n",
        "a: 1\n--- \nb: 2\n",
        "a: " + "[" * 9 + "]" * 9 + "\n",
        "a: 12345678901234567890\n",
        "a: x\u200by\n",
    ],
)
def test_whatever_could_be_read_in_two_ways_is_left_to_the_strict_one(text):
    assert load_plain(text) is None
