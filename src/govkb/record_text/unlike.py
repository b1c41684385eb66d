"""What makes two texts differ that look the same."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator

_MOST = 4
# Longer stretches of other letters are another text, which anyone can see.
_LONGEST = 6


def hard_to_see(old: str, new: str) -> list[str]:
    """The differences that nobody would see, each in a few words with the characters' names.

    Only the first few; empty where every difference can be seen.
    """
    if old.split() == new.split():
        return ["only white space differs"]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    found: list[str] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal" and len(found) < _MOST:
            found += _described(old[a:b], new[c:d])
    return found[:_MOST]


def _described(old: str, new: str) -> Iterator[str]:
    if len(old) > _LONGEST or len(new) > _LONGEST:
        return
    if len(old) == len(new):
        for was, now in zip(old, new, strict=True):
            if was != now and _looks_odd(was, now):
                yield f"{named(now)} stands where {named(was)} was"
        return
    for character in new:
        if _is_invisible(character):
            yield f"{named(character)} was put in"
    for character in old:
        if _is_invisible(character):
            yield f"{named(character)} was taken out"


def named(character: str) -> str:
    """A character's code point and name, as Unicode writes them."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def _looks_odd(was: str, now: str) -> bool:
    """Whether one letter took another's place that belongs to another alphabet or form."""
    if _is_invisible(was) or _is_invisible(now):
        return True
    return was.isascii() != now.isascii() and was.isalpha() and now.isalpha()


def _is_invisible(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind in ("Cf", "Cc", "Co", "Cn", "Zl", "Zp", "Mn", "Me") or (
        kind == "Zs" and character != " "
    )
