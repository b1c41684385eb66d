"""Text whose UTF-8 was read as Windows-1252 and then saved again: `â€™` where `’` was.

Such a misreading takes every byte of a character for a character of its own, so it can be told by
its shape: a letter that stands for a first byte, and after it one, two or three characters that
stand for further bytes. Taking them for bytes again gives back exactly what was there before.

Good text can have that shape too: `É»`, `hâlâ…”`, `MAÇÃ”`. So a misreading counts only where good
text would hardly look like it, where several stand next to each other, or where there is one that
counts and nothing outside ASCII but misreadings: what misread one character misread the whole file.

Five bytes (81, 8D, 8F, 90, 9D) stand for nothing in Windows-1252. Some programs keep them as
control characters, others drop them. A dropped one is put back only where the text before it leaves
one answer; otherwise the misreading is reported without a repair.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_BYTE_OF = {
    ord(bytes([byte]).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in _UNDEFINED
}
# In UTF-8: a letter from Â to ô, and after it what stands for one of the bytes 80 to BF.
_PERHAPS = re.compile(rb"\xc3[\x82-\xb4](?:\xc2|\xe2[\x80\x82\x84]|[\xc5\xc6\xcb])")
# What is well-formed in UTF-8, each byte as the character of its number; and what is cut short.
_PIECE = (
    r"[\xc2-\xdf][\x80-\xbf]"
    r"|(?:\xe0[\xa0-\xbf]|\xed[\x80-\x9f]|[\xe1-\xec\xee\xef][\x80-\xbf])[\x80-\xbf]"
    r"|(?:\xf0[\x90-\xbf]|\xf4[\x80-\x8f]|[\xf1-\xf3][\x80-\xbf])[\x80-\xbf]{2}"
    r"|(?:\xe2[\x80\x86\x8c]|\xef\xb8|\xf0\x9f[\x80-\xbf]?)\ufffd?"
)
_PIECES = re.compile(_PIECE)
_RUN = re.compile(f"(?:{_PIECE})+")
_LENGTHS = {"\xe2": 3, "\xef": 3, "\xf0": 4}
# What stands right after words in good text: blanks, quotation marks, dashes, raised signs.
_AFTER_WORDS = frozenset(
    "\x82\x84\x85\x86\x87\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b"
    "\xa0\xa7\xa9\xaa\xab\xae\xb0\xb2\xb3\xb4\xb7\xb9\xba\xbb\xbf"
)
_QUOTES = frozenset("`'\"")
_OPENING = frozenset("`'\"(«‹“„‘‚")
_EMOJI_STYLE = "\ufe0f"
_NEAR = 12  # three pieces of four characters: as much as it takes to count


class Misreading(Struct, frozen=True):
    """A stretch of misread text. Offsets are in bytes; `repaired` is None where nobody can tell."""

    start: int
    end: int
    text: str
    repaired: str | None


class _Run(Struct, frozen=True):
    """Misread characters next to each other; offsets are in characters."""

    start: int
    end: int
    counts: bool


def misreadings(data: bytes) -> tuple[Misreading, ...]:
    """Every misreading in a text in UTF-8, in order."""
    if b"\xc3" not in data or not _PERHAPS.search(data):
        return ()
    text = data.decode("utf-8", "replace")
    flat = text.translate(_BYTE_OF)
    runs = [_judged(match, text) for match in _RUN.finditer(flat)]
    return tuple(_repaired(text, flat, _counting(text, flat, runs)))


def _judged(match: re.Match[str], text: str) -> _Run:
    """A run; a quoted one is only spoken of."""
    start, end = match.span()
    before = text[start - 1 : start] if start else ""
    is_quoted = before in _QUOTES and text[end : end + 1] == before
    return _Run(start, end, not is_quoted and _counts(match[0], before))


def _counting(text: str, flat: str, runs: list[_Run]) -> list[_Run]:
    """The runs that count: all, where one does and nothing else in the text is outside ASCII.

    One that is cut short says nothing of others: it stays when all else has been repaired.
    """
    counting = [run for run in runs if run.counts]
    are_whole = (all(map(_is_whole, _PIECES.findall(flat, r.start, r.end))) for r in counting)
    if len(counting) == len(runs) or not any(are_whole):
        return counting
    ends = [0, *(run.end for run in runs)]
    starts = [*(run.start for run in runs), len(text)]
    between = zip(ends, starts, strict=True)
    return runs if all(text[end:start].isascii() for end, start in between) else counting


def _counts(run: str, before: str) -> bool:
    """Whether good text would hardly look like a run after this character."""
    pieces = _PIECES.findall(run)
    if any(_is_telling(piece, "" if n else before) for n, piece in enumerate(pieces)):
        return True
    are_many = len(pieces) > 2 or sum(len(piece) > 2 for piece in pieces) > 1
    return are_many and not all(_AFTER_WORDS.issuperset(piece[1:]) for piece in pieces)


def _is_telling(piece: str, before: str) -> bool:
    """Whether good text would hardly look like a single piece after this character."""
    first, second = piece[0], piece[1]
    is_after_word = second in _AFTER_WORDS
    if first in "\xc2\xc3":
        is_letter = first == "\xc3" or second >= "\xa0"
        return is_letter and not (is_after_word and (before.isupper() or before in _OPENING))
    if first == "\xe2":
        is_symbol = second < "\xa0" or "\xac" <= second <= "\xaf"
        return is_symbol and not (is_after_word and before.isalpha())
    if first == "\xef":
        return second == "\xb8" or piece in ("\xef\xbb\xbf", "\xef\xbf\xbd")
    return first == "\xf0" and second == "\x9f"


def _repaired(text: str, flat: str, runs: list[_Run]) -> Iterator[Misreading]:
    at = offset = 0
    before = _Before()
    for run in runs:
        between, misread = text[at : run.start], text[run.start : run.end]
        before.read(between)
        repaired = _restored(flat[run.start : run.end], before)
        if repaired is not None and _joins(before.tail, repaired, text[run.end : run.end + _NEAR]):
            repaired = None
        before.read(repaired or misread)
        offset += len(between.encode())
        yield Misreading(offset, offset + len(misread.encode()), misread, repaired)
        offset += len(misread.encode())
        at = run.end


class _Before:
    """What must be known of the text before a place: its end, and whether a quotation is open."""

    def __init__(self, tail: str = "", *, in_quotes: bool = False) -> None:
        self.tail = tail
        self.in_quotes = in_quotes

    def read(self, text: str) -> None:
        """Goes on to the end of some text; a quotation ends with its paragraph at the latest."""
        opened = text.rfind("“")
        if opened >= 0 or "”" in text or "\n\n" in text:
            self.in_quotes = opened > max(text.rfind("”"), text.rfind("\n\n"))
        self.tail = (self.tail + text[-_NEAR:])[-_NEAR:]


def _restored(run: str, before: _Before) -> str | None:
    """What a run was; None where a dropped byte leaves several answers."""
    now = _Before(before.tail, in_quotes=before.in_quotes)
    found = ""
    for piece in _PIECES.findall(run):
        whole = _is_whole(piece)
        character = piece.encode("latin-1").decode() if whole else _completed(piece, now)
        if character is None:
            return None
        now.read(character)
        found += character
    again = found.translate(_BYTE_OF)
    if _RUN.fullmatch(again) and _counts(again, before.tail[-1:]):
        return _restored(again, before)
    return found


def _joins(before: str, repaired: str, after: str) -> bool:
    """Whether a repaired text and what is around it would look like a misreading together."""
    text = before + repaired + after
    start, end = len(before), len(before) + len(repaired)
    for match in _RUN.finditer(text.translate(_BYTE_OF)):
        first, last = match.span()
        is_across = first < start < last or first < end < last
        if is_across and _counts(match[0], text[first - 1 : first] if first else ""):
            return True
    return False


def _is_whole(piece: str) -> bool:
    return len(piece) == _LENGTHS.get(piece[0], len(piece)) and piece[-1] != "\ufffd"


def _completed(piece: str, before: _Before) -> str | None:
    """The character whose last byte was dropped, where only one makes sense."""
    if piece.startswith("\xe2\x80") and before.in_quotes:
        return "”"
    if piece.startswith("\xef\xb8") and before.tail:
        return _EMOJI_STYLE if unicodedata.category(before.tail[-1]) == "So" else None
    return None
