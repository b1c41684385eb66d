"""The text of one file, and places in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from msgspec import Struct

_FAR = 1 << 16  # from here on counting lines anew for each place takes too long


class Position(Struct, frozen=True, order=True):
    """A place between two characters: line and column, both from 1, columns in code points."""

    line: int
    column: int


class Span(Struct, frozen=True, order=True):
    """A stretch of one file; `end` is exclusive."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class SourceText:
    """One file as UTF-8 without a byte order mark and with LF line ends.

    `path` is relative to the project root and uses `/`. Offsets are in bytes of `data`, which is
    what the Markdown parser speaks; they become lines and columns only when someone asks.
    """

    path: str
    data: bytes
    _line_starts: list[int] = field(default_factory=list, compare=False, repr=False)

    def text(self, start: int, end: int) -> str:
        """The characters between two byte offsets."""
        return self.data[start:end].decode("utf-8", "replace")

    def position(self, offset: int) -> Position:
        """The line and column of a byte offset; offsets past the end count as the end."""
        offset = min(offset, len(self.data))
        if offset > _FAR:
            line = bisect_right(self._starts(), offset)
            line_start = self._starts()[line - 1]
        else:
            line_start = self.data.rfind(b"\n", 0, offset) + 1
            line = self.data.count(b"\n", 0, line_start) + 1
        return Position(line, len(self.text(line_start, offset)) + 1)

    def span(self, start: int, end: int) -> Span:
        """The span between two byte offsets."""
        return Span(self.position(start), self.position(end))

    def line(self, number: int) -> str:
        """The text of a line without its line end; empty past the last one."""
        starts = self._starts()
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.data)
        return self.text(starts[number - 1], end)

    def _starts(self) -> list[int]:
        if not self._line_starts:
            self._line_starts.append(0)
            at = self.data.find(b"\n")
            while at >= 0:
                self._line_starts.append(at + 1)
                at = self.data.find(b"\n", at + 1)
        return self._line_starts
