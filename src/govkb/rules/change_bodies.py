"""The body of a change: its sections with their boxes, and the lines that name a value."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator
from functools import cached_property

from msgspec import Struct

from govkb.reading.body import Body, Heading, read_body

_MARKUP = re.compile(r"[*_`]|<!--.*?-->|<!--.*", re.DOTALL)


class Part(Struct, frozen=True):
    """A section with how many boxes it has, and how many of them are ticked."""

    name: str
    boxes: int
    ticked: int


class ChangeBody(Struct, frozen=True, dict=True):
    """A body as its author wrote it for the forge."""

    text: str

    def parts(self) -> Iterator[Part]:
        """Every section, its subsections included, in order."""
        boxes = [block for block in self._body.blocks if block.checked is not None]
        starts = [box.start for box in boxes]
        # So many are ticked before each box.
        ticked = [0]
        for box in boxes:
            ticked.append(ticked[-1] + bool(box.checked))
        for heading, end in self._extents():
            first, last = bisect_left(starts, heading.start), bisect_left(starts, end)
            yield Part(heading.text, last - first, ticked[last] - ticked[first])

    def extent_of(self, names: Container[str]) -> tuple[str, bytes, int, int] | None:
        """The first section with one of these names, casefolded: its name, and where its text is.

        That is between two offsets of the bytes, which are the whole body.
        """
        for heading, end in self._extents():
            if heading.text.casefold() in names:
                return heading.text, self._data, heading.end, end
        return None

    def says(self, name: str) -> bool:
        """Whether a line `NAME: …` says something, also in bold type or as an item."""
        bold = r"(?:\*\*|__)?"
        pattern = (
            rf"^[ \t]*(?:[-*+][ \t]+)?{bold}{re.escape(name)}{bold}[ \t]*:{bold}(?P<value>.*)$"
        )
        found = re.compile(pattern, re.MULTILINE | re.IGNORECASE).finditer(self._text)
        return any(_MARKUP.sub("", match["value"]).strip() for match in found)

    @cached_property
    def has_written_out_line_ends(self) -> bool:
        r"""Whether it has `\n` in the place of line ends, as from a shell that was misled."""
        return "\\n" in self.text and "\n" not in self.text.strip()

    @cached_property
    def _data(self) -> bytes:
        ends = self.text.replace("\r\n", "\n").replace("\r", "\n")
        return ends.encode("utf-8", "replace")

    @cached_property
    def _body(self) -> Body:
        return read_body(self._data, 0)

    @cached_property
    def _text(self) -> str:
        """The text without code and HTML, which nobody reads as said."""
        kept, at = [], 0
        hidden = [(b.start, b.end) for b in self._body.blocks if b.kind == "html"]
        for start, end in sorted((*hidden, *self._body.code_blocks)):
            if end > at:
                kept.append(self._data[at : max(start, at)])
                at = end
        kept.append(self._data[at:])
        return b"\n".join(kept).decode()

    def _extents(self) -> Iterator[tuple[Heading, int]]:
        """Each heading with the end of what stands below it: the next one of its level or above."""
        ends: dict[int, int] = {}
        found = []
        for heading in reversed(self._body.headings):
            end = min((e for level, e in ends.items() if level <= heading.level), default=None)
            found.append((heading, len(self._data) if end is None else end))
            ends[heading.level] = heading.start
        yield from reversed(found)
