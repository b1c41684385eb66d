"""The quick way to the blocks of a section that is nothing but a plain list.

It gives up wherever a line may be more than a point with text, and is held against `read_body`.
"""

from __future__ import annotations

import re

from govkb.reading.body import Block

# A character with which something else than text may begin, a fence, or a character nobody sees.
_TEXT = rb"(?![-<~+=#>|\[\s]|```)[^\n\x00-\x08\x0b-\x1f\x7f]+\n"
_POINT = rb"- (?:\[(?P<mark>[ xX])\] )?" + _TEXT
_BELOW = rb"  - " + _TEXT
# Possessive, so that a mistake at the end of a long list costs no second look at it.
_PLAIN = re.compile(rb"\n*+(?:" + _POINT + rb"(?:\n|" + _BELOW + rb")*+)++")
_HEAD = re.compile(rb"^" + _POINT, re.MULTILINE)


def plain_items(data: bytes, start: int, end: int) -> tuple[Block, ...] | None:
    """The items between two byte offsets; None where there is more than a plain list."""
    text = data[start:end]
    if text[-1:] != b"\n":
        text += b"\n"
    if _PLAIN.fullmatch(text) is None:
        return None
    heads = list(_HEAD.finditer(text))
    starts = [start + head.start() for head in heads]
    return tuple(
        Block("item", at, stop, None if head["mark"] is None else head["mark"] != b" ")
        for head, at, stop in zip(heads, starts, (*starts[1:], end), strict=True)
    )
