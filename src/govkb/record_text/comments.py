"""Comments in a record that are meant for govkb.

`<!-- govkb: verbatim -->`, `<!-- govkb: ignore REF002 -- reason -->`
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from msgspec import Struct

Extent = tuple[int, int]

_OPENING, _CLOSING = b"<!--", b"-->"
_ADDRESS = b"govkb:"
_VERBATIM, _END_VERBATIM = "verbatim", "end verbatim"


class Comment(Struct, frozen=True):
    """One comment; offsets are in bytes, `text` is what follows `govkb:`, blanks made single."""

    start: int
    end: int
    text: str


def has_comments(data: bytes) -> bool:
    """Whether a file may have any; says no quickly."""
    return _ADDRESS in data and _OPENING in data


def comments(data: bytes, start: int, code: Iterable[Extent]) -> Iterator[Comment]:
    """The comments meant for govkb from byte `start` on, in order.

    `code` are the stretches of code, sorted: what stands there is an example.
    """
    blocks = deque(code)
    at = data.find(_OPENING, start)
    while at >= 0:
        while blocks and blocks[0][1] <= at:
            blocks.popleft()
        if blocks and blocks[0][0] <= at:
            end = blocks[0][1]
        else:
            closing = data.find(_CLOSING, at + len(_OPENING))
            if closing < 0:
                return
            end = closing + len(_CLOSING)
            inner = data[at + len(_OPENING) : closing].strip()
            if inner.startswith(_ADDRESS):
                text = inner.removeprefix(_ADDRESS).decode("utf-8", "replace")
                yield Comment(at, end, " ".join(text.split()))
        at = data.find(_OPENING, end)


def verbatim_extents(found: Iterable[Comment]) -> Iterator[Extent]:
    """What is between a comment `verbatim` and the next `end verbatim`; without that nothing."""
    start = None
    for comment in found:
        if comment.text == _VERBATIM and start is None:
            start = comment.end
        elif comment.text == _END_VERBATIM and start is not None:
            yield start, comment.start
            start = None
