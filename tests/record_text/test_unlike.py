"""Differences between two texts that nobody would see, by the names of their characters."""

from __future__ import annotations

import pytest

from govkb.record_text.unlike import hard_to_see, named


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("o", "U+006F LATIN SMALL LETTER O"),
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\U0001f692", "U+1F692 FIRE ENGINE"),
        ("\t", "U+0009"),
    ],
)
def test_a_character_is_named_as_unicode_names_it(character, name):
    assert named(character) == name


@pytest.mark.parametrize(
    ("old", "new"), [("no proof", "some proof"), ("a", "b"), ("a,", "a;"), ("é", "è"), ("1", "2")]
)
def test_what_anyone_can_see_is_not_explained(old, new):
    assert hard_to_see(old, new) == []


@pytest.mark.parametrize(
    ("old", "new"), [("a b", "a  b"), ("a b", "a\u00a0b"), ("a\nb", "a b"), ("a", "a ")]
)
def test_white_space_alone_is_said_to_be_all(old, new):
    assert hard_to_see(old, new) == ["only white space differs"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pro", "pr\u200bo", "U+200B ZERO WIDTH SPACE was put in"),
        ("pr\u200bo", "pro", "U+200B ZERO WIDTH SPACE was taken out"),
        ("pro", "pr\u043e", "U+043E CYRILLIC SMALL LETTER O stands where U+006F"),
        ("pr\u043e", "pro", "U+006F LATIN SMALL LETTER O stands where U+043E"),
        ("a\u200bb", "a\u200cb", "U+200C ZERO WIDTH NON-JOINER stands where U+200B"),
        ("a-b", "a\u00adb", "U+00AD SOFT HYPHEN stands where U+002D"),
        ("a\u00adb", "a-b", "U+002D HYPHEN-MINUS stands where U+00AD"),
        ("ax", "a\u3000x", "U+3000 IDEOGRAPHIC SPACE was put in"),
        ("ax", "a\u2028x", "U+2028 LINE SEPARATOR was put in"),
        ("ax", "a\u2029x", "U+2029 PARAGRAPH SEPARATOR was put in"),
        ("ax", "a\u0301x", "U+0301 COMBINING ACUTE ACCENT was put in"),
        ("ax", "a\u20ddx", "U+20DD COMBINING ENCLOSING CIRCLE was put in"),
        ("ax", "a\ue000x", "U+E000 was put in"),
        ("ax", "a\u0378x", "U+0378 was put in"),
        ("ax", "a\x07x", "U+0007 was put in"),
    ],
)
def test_what_can_not_be_seen_is_named(old, new, said):
    (found,) = hard_to_see(old, new)
    assert found.startswith(said)


def test_a_blank_more_or_less_within_other_words_can_be_seen():
    assert hard_to_see("ab c", "a b c") == []


def test_a_visible_letter_that_came_with_it_is_not_named():
    assert hard_to_see("ax", "a\u200bqx") == ["U+200B ZERO WIDTH SPACE was put in"]
    assert hard_to_see("a\u200bqx", "ax") == ["U+200B ZERO WIDTH SPACE was taken out"]


def test_letters_that_are_alike_are_told_one_by_one():
    said = hard_to_see("pro of", "pr\u043e \u043ef")
    assert len(said) == 2
    assert (
        said == ["U+043E CYRILLIC SMALL LETTER O stands where U+006F LATIN SMALL LETTER O was"] * 2
    )


def test_a_sign_in_the_place_of_a_letter_can_be_seen():
    assert hard_to_see("a1b", "a×b") == []
    assert hard_to_see("aob", "a×b") == []
    assert hard_to_see("a-b", "a\u043eb") == []
    assert hard_to_see("a\u2014b", "aob") == []


def test_only_the_first_four_are_told():
    old, new = "a.b.c.d.e.f", "a\u200b.b\u200b.c\u200b.d\u200b.e\u200b.f"
    assert hard_to_see(old, new) == ["U+200B ZERO WIDTH SPACE was put in"] * 4
    assert len(hard_to_see("a.b", "a.\u200b\u200b\u200b\u200b\u200bb")) == 4
    assert len(hard_to_see("a.b.c", "a\u200b.b\u200b\u200b\u200b\u200b.c")) == 4


def test_a_long_stretch_of_other_letters_is_another_text():
    assert len(hard_to_see("x" + "o" * 6, "x" + "\u043e" * 6)) == 4
    assert hard_to_see("x" + "o" * 7, "x" + "\u043e" * 7) == []
    assert hard_to_see("x", "x" + "\u200b" * 7) == []
    assert hard_to_see("x" + "\u200b" * 7, "x") == []
    assert len(hard_to_see("x", "x" + "\u200b" * 6)) == 4


def test_common_letters_of_a_long_text_are_no_junk():
    text = "a b " * 100
    assert hard_to_see(f"{text}{text}", f"{text}\u200b{text}") == [
        "U+200B ZERO WIDTH SPACE was put in"
    ]
