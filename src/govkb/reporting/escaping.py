"""Record text made safe to show: what could act on a terminal or a log becomes visible."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import regex

# Build servers take `##[command]` and its like for commands wherever they stand in a line.
_COMMAND = "(?<=#)#(?=[A-Za-z]*\\[)"

# Control characters, direction marks, what has no width, tags, and what is no character at all.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    f"\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]|{_COMMAND}"
)

_EMOJI_STYLE = "\ufe0f"
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


def visible(text: str) -> str:
    """The text on one line, with every character that could act on a terminal written out."""
    return _HIDDEN.sub(lambda match: _written_out(match[0]), text)


def visible_line(text: str) -> str:
    """As `visible`, for what begins a line: `::` there would be a command to a build server.

    One colon is enough to be careful about, since a line number may follow after another.
    """
    shown = visible(text)
    return f"./{shown}" if shown.lstrip().startswith(":") else shown


def encodable(text: str) -> str:
    """The text as it is, but for lone surrogates, which no Unicode format can hold."""
    return re.sub("[\ud800-\udfff]", lambda match: _written_out(match[0]), text)


def json_text(document: Any) -> str:
    """The document as JSON in ASCII, with nothing in it that a build server would carry out."""
    return re.sub(_COMMAND, r"\\u0023", json.dumps(document, indent=2)) + "\n"


def width(text: str) -> int:
    """How many columns a terminal needs for text that `visible` has been over."""
    if text.isascii():
        return len(text)
    return sum(_columns(grapheme) for grapheme in _graphemes().findall(text))


def _columns(grapheme: str) -> int:
    """The columns of what a reader sees as one character: `👍🏽` and `각` take two, `é` one."""
    if grapheme.isascii():
        return 1
    if _EMOJI_STYLE in grapheme or "W" in (kinds := _kinds(grapheme)) or "F" in kinds:
        return 2
    if unicodedata.category(grapheme[0]) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if _FLAG.fullmatch(grapheme) else 1


def _kinds(text: str) -> list[str]:
    return [unicodedata.east_asian_width(character) for character in text]


@cache
def _graphemes() -> regex.Pattern[str]:
    """What a reader sees as one character (UAX 29); its library isn't needed for plain ASCII."""
    import regex

    return regex.compile(r"\X")


def _written_out(character: str) -> str:
    number = ord(character)
    if character == "\t":
        return " "
    if 0xDC80 <= number <= 0xDCFF:
        return f"\\x{number - 0xDC00:02x}"
    if number > 0xFFFF:
        return f"\\U{number:08x}"
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
