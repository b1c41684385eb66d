from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.record_text.emoji import emoji_in, may_have_emoji, removal


def emoji(text):
    data = text.encode()
    return [found.text for found in emoji_in(data, 0, len(data))]


def without(text):
    """The text without its emoji; None where they can't just go."""
    data = text.encode()
    found = list(emoji_in(data, 0, len(data)))
    extent = removal(data, found[0].start, found[-1].end)
    return None if extent is None else (data[: extent[0]] + data[extent[1] :]).decode()


@pytest.mark.parametrize(
    "one",
    [
        "✅",
        "⚠️",
        "⭐",
        "🔴",
        "🛡️",
        "👩‍💻",
        "👨‍👩‍👧‍👦",
        "👍🏽",
        "☝🏽",
        "✌🏿️",
        "🏳️‍🌈",
        "🏳‍🌈",
        "❤️‍🔥",
        "👨🏽‍🚀",
        "🇩🇪",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "1️⃣",
        "#⃣",
        "©️",
        "ℹ️",
    ],
)
def test_what_a_reader_sees_as_one_picture_is_one_emoji(one):
    assert emoji(f"a{one}b {one}{one}") == [one] * 3
    assert may_have_emoji(one.encode())


@pytest.mark.parametrize(
    "text",
    [
        "→ ← ↓ ✓ ✗ ✔ ☑ ⚠ ℹ ▶ ◼ © ® ™ ① ½ …",
        "│ ├── └── ═ █ ░ ● ○ ■ ★ ☆",
        "⌚︎ ⚠︎",
        "#1 * 0",
        "café 中文",
        "",
    ],
)
def test_text_symbols_are_no_emoji(text):
    assert emoji(text) == []


def test_emoji_are_compared_without_their_selector():
    (with_selector,) = emoji_in("⚠️".encode(), 0, 6)
    assert with_selector.plain == "⚠"


def test_emoji_have_their_places():
    data = "é ✅ — 👍🏽.".encode()
    found = list(emoji_in(data, 3, len(data)))
    assert [data[e.start : e.end].decode() for e in found] == ["✅", "👍🏽"]


@given(
    st.text(st.sampled_from("a é→✅⚠\ufe0f\u200d👩🏽🇩1\u20e3💻\U000e0067\U000e007f"), max_size=30)
)
def test_places_are_in_order_and_hold_what_they_say(text):
    data, at = text.encode(), 0
    for found in emoji_in(data, 0, len(data)):
        assert at <= found.start < found.end
        assert data[found.start : found.end].decode() == found.text
        at = found.end


@given(st.text(max_size=30))
def test_a_quick_no_is_right(text):
    data = text.encode("utf-8", "replace")
    assert may_have_emoji(data) or list(emoji_in(data, 0, len(data))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a ✅ b", "a b"),
        ("a ✅b", "a b"),
        ("a✅ b", "a b"),
        ("a✅b", "ab"),
        ("✅ Done", "Done"),
        ("Done ✅", "Done"),
        ("Done ✅.", "Done."),
        ("Done.✅ Next", "Done. Next"),
        ("Done ✅, next", "Done, next"),
        ("Done ✅ (late)", "Done (late)"),
        ("- ✅ Done", "- Done"),
        ("- [x] ✅ Done", "- [x] Done"),
        ("> ✅ Done", "> Done"),
        ("  ✅ Done", "  Done"),
        ("**✅ Done**", "**Done**"),
        ("**Done ✅**", "**Done**"),
        ("**Done**✅ next", "**Done** next"),
        ("Done ✅*now*", "Done *now*"),
        ("| ✅ Accurate | yes |", "| Accurate | yes |"),
        ("| yes | Accurate ✅ |", "| yes | Accurate |"),
        ("|✅ Accurate|", "|Accurate|"),
        ("✅ ✅ Done", "Done"),
        ("Done ✅  \nnext", "Done  \nnext"),
        ("one\ntwo ✅\nthree", "one\ntwo\nthree"),
    ],
)
def test_an_emoji_goes_with_one_blank_beside_it(text, expected):
    assert without(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "| yes | ✅ | no |",
        "|✅|no|",
        "- ✅",
        "1. ✅",
        "- [x] ✅",
        "✅",
        "one\n✅\ntwo",
        "was it (✅)",
        "so **✅** it is",
        "see [✅](address)",
        "✅: done",
        "Done: ✅",
        "Done: **✅**",
        "restore: ✅, backups: late",
        "done = ✅",
        "✅ = done",
        "staging → ✅ by hand",
        "| ✅ 2 |",
        "- ✅✅ 2",
        "✅ 100 %",
    ],
)
def test_an_emoji_that_says_something_of_its_own_stays(text):
    assert without(text) is None


@given(
    st.text(st.sampled_from("ab .,*(|-"), max_size=12),
    st.text(st.sampled_from("ab .,*)|"), max_size=12),
)
def test_no_double_blank_stays_that_was_not_there(before, after):
    text = without(f"{before}✅{after}")
    if text is not None:
        assert text.count("  ") <= before.count("  ") + after.count("  ")
        assert text.replace(" ", "") == f"{before}{after}".replace(" ", "")
        assert len(before + after) - len(text) in (0, 1)


@pytest.mark.parametrize(
    "one",
    [
        "✅",
        "❌",
        "⚠️",
        "🔴",
        "🟢",
        "⭐",
        "🌟",
        "1️⃣",
        "⬆️",
        "👍🏽",
        "🇩🇪",
        "🆗",
        "🛑",
        "🥇",
        "📈",
        "🏁",
        "❤️",
    ],
)
def test_a_mark_answers_something(one):
    (found,) = emoji_in(one.encode(), 0, len(one.encode()))
    assert found.is_telling


@pytest.mark.parametrize("one", ["🎉", "🚀", "🔥", "💻", "👩\u200d💻", "🛡️", "😱", "📝", "🐛"])
def test_a_picture_only_decorates(one):
    (found,) = emoji_in(one.encode(), 0, len(one.encode()))
    assert not found.is_telling
