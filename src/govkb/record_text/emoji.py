"""Emoji in a text, each as what a reader sees: one picture, of however many code points.

Unicode says which characters are emoji of themselves (`✅`) and which are text unless a variation
selector follows (`⚠`, `©`, `✔`); arrows, check marks like `✓` and box drawing are neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import regex

# Emoji beyond the first plane, the selector, keycaps, and the symbols among which others are.
_PERHAPS = re.compile(rb"\xf0\x9f|\xef\xb8\x8f|\xe2(?:\x83\xa3|[\x8c-\xad])")
_STYLE = "\ufe0f"
_NEAR = 500  # bytes of a line that are looked at on either side: lines can be as long as files
_GRAMMAR = r"""
    \p{Regional_Indicator}{2}
    | [0-9\#*] \uFE0F? \u20E3
    | (?: \p{Emoji_Presentation} (?!\uFE0E)
        | (?![0-9\#*]) \p{Emoji} (?= \uFE0F | \p{Emoji_Modifier} | \u200D\p{Emoji} ) )
      \uFE0F? (?: \p{Emoji_Modifier} \uFE0F? | [\U000E0020-\U000E007E]+ \U000E007F )?
      (?: \u200D \p{Emoji} \p{Emoji_Modifier}? \uFE0F? )*
"""
# Check marks, crosses, lights, stars, arrows, numbers, thumbs, flags and signs: they answer
# something, and often nothing else in the line does. All of the first plane are counted among them.
_TELLING = re.compile(
    "[\u00a9-\u200c\u200e-\u3299🅰-🉑🌟🏁🏳🏴👌-👎💔💙-💜💯📈📉🔀-🔤🔴-🔽🖤🚥-🚫🚩🛑🟠-🟰🤍🤎🥇-🥉🧡]"
)
_MARKS = re.compile(r"[\s>]*(?:(?:[-*+]|[0-9]{1,9}[.)])\s+)*(?:\[[ xX]\]\s)?")
_EQUATION = re.compile(r"(?:[:=→⇒]|->|=>)[\s*_~]*$"), re.compile(r"[\s*_~]*(?:[:=→⇒]|->|=>)")
_PUNCTUATION = frozenset(".,;:!?)")
_OPENING = re.compile(r"(?:^|[\s|])[*_~(\[\"'“‘«]+$")
_CLOSING = re.compile(r"(?:[*_~.,;:!?)\]}\"'”’»]+(?=[\s|]|$)|\||$)")


class Emoji(Struct, frozen=True):
    """One emoji; offsets are in bytes."""

    start: int
    end: int
    text: str

    @property
    def plain(self) -> str:
        """The emoji as it is compared: `⚠` and `⚠️` are the same."""
        return self.text.replace(_STYLE, "")

    @property
    def is_telling(self) -> bool:
        """Whether it is one that answers something, such as `✅`, `🔴` and `⭐`."""
        return _TELLING.search(self.text) is not None


def may_have_emoji(data: bytes) -> bool:
    """Whether a text in UTF-8 may have emoji; says no quickly."""
    return not data.isascii() and _PERHAPS.search(data) is not None


def emoji_in(data: bytes, start: int, end: int) -> Iterator[Emoji]:
    """The emoji of a stretch of a text in UTF-8, in order."""
    text = data[start:end].decode("utf-8", "replace")
    at = 0
    for match in _grammar().finditer(text):
        start += len(text[at : match.start()].encode())
        yield Emoji(start, start + len(match[0].encode()), match[0])
        start += len(match[0].encode())
        at = match.end()


def removal(data: bytes, start: int, end: int) -> tuple[int, int] | None:
    """What to take out so that no trace stays: the stretch, and at most one blank beside it.

    None where no word would stay of a table's cell, an item, a line or a pair of brackets, and
    beside a colon, an equals sign or an arrow: there the emoji says something, and has to be
    replaced by a word.
    """
    before = data[max(start - _NEAR, 0) : start].decode("utf-8", "ignore").rpartition("\n")[2]
    after = data[end : end + _NEAR].decode("utf-8", "ignore").partition("\n")[0]
    if not _says_more(before, after):
        return None
    if after.startswith(" ") and (
        not before.strip() or before[-1] in " |" or _OPENING.search(before)
    ):
        return start, end + 1
    if before.endswith(" ") and _CLOSING.match(after):
        return start - 1, end
    return start, end


def _says_more(before: str, after: str) -> bool:
    """Whether something stays where an emoji between these two is taken out of a line."""
    in_cell = _MARKS.sub("", before, count=1).rpartition("|")[2], after.partition("|")[0]
    if not any(character.isalpha() for part in in_cell for character in part):
        return False
    if _EQUATION[0].search(before) or _EQUATION[1].match(after):
        return False
    left, right = before[-1:], after[:1]
    is_enclosed = left and right and not any(c.isalnum() or c.isspace() for c in left + right)
    is_named = right in _PUNCTUATION and (not before.strip() or left == "|")
    return not is_enclosed and not is_named


@cache
def _grammar() -> regex.Pattern[str]:
    """The grammar of emoji (UTS 51); its library is only needed where there may be some."""
    import regex

    return regex.compile(_GRAMMAR, regex.VERBOSE)
