"""Record text made safe to show: control characters and direction marks become visible."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text on one line, with every character that could act on a terminal written out."""
    return _HIDDEN.sub(lambda match: _written_out(match[0]), text)


def width(text: str) -> int:
    """How many columns a terminal needs for text that `visible` has been over."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _written_out(character: str) -> str:
    number = ord(character)
    if character == "\t":
        return " "
    if 0xDC80 <= number <= 0xDCFF:
        return f"\\x{number - 0xDC00:02x}"
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
