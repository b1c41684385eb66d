"""The piece of a text that shows why it was found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_MARKUP = re.compile(
    r"[*_`#>|]+|\[([^\]]*)\]\([^)]*\)|^\s*(?:[-+*]|[0-9]{1,9}[.)])\s+(?:\[[ xX]\]\s+)?"
)
_FORM = re.compile(r"(?:ations?|ings?|ed|es|s|e|ly)$")
_SHORTEST = 3


def excerpt(text: str, words: Sequence[str], most: int) -> str:
    """The line with most of the words, around the first of them, in at most so many characters.

    Empty where no line has one.
    """
    stems = [_stem(word) for given in words for word in _WORD.findall(_plain(given))]
    best, line = 0, ""
    for each in text.splitlines():
        found = _hits(_plain(each), stems)
        if found > best:
            best, line = found, each
    shown = " ".join(_MARKUP.sub(lambda m: m[1] or "", line).split())
    return _cut(shown, _first_hit(shown, stems), most)


def _hits(line: str, stems: Sequence[str]) -> int:
    """How many of the words a line has."""
    return sum(
        stem in line and re.search(rf"\b{re.escape(stem)}", line) is not None for stem in stems
    )


def _first_hit(line: str, stems: Sequence[str]) -> int:
    plain = _plain(line)
    places = (re.search(rf"\b{re.escape(stem)}", plain) for stem in stems)
    return min((found.start() for found in places if found), default=0)


def _cut(line: str, place: int, most: int) -> str:
    """As much of a line as may be shown, with the place in its first half."""
    if len(line) <= most:
        return line
    start = max(0, min(place - most // 3, len(line) - most))
    if start:
        # From the beginning of a word, unless that is too far away.
        blank = line.find(" ", start, place)
        start = blank + 1 if blank >= 0 else start
    shown = line[start : start + most].strip()
    return f"{'…' if start else ''}{shown}{'…' if start + most < len(line) else ''}"


def _plain(text: str) -> str:
    """A text in small letters without accents, letter for letter where that can be."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFD", letter)[0].lower() for letter in text)


def _stem(word: str) -> str:
    """A word without the ending that changes with its use."""
    stem = _FORM.sub("", word)
    return stem if len(stem) >= _SHORTEST else word
