"""Whether a place in a Markdown body is prose, code or neither, mostly without parsing the body.

Only few places of a body matter: those that look like a mention. Around such a place a look at its
paragraph is nearly always enough. Where it isn't (raw HTML, escapes, link definitions, fences in
lists, lone backticks …) `Unsure` is raised, and the parsed body is asked. Both ways must give the
same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, cached_property
from typing import NamedTuple, Protocol

from govkb.reading import Body, Link

_FENCE = re.compile(rb"(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)")
# What one parser takes for a blank or a line end, and another doesn't.
_ODD = (b"\0", b"\x0b", b"\x0c")
_HTML = re.compile(rb"<[A-Za-z/!?]")
_HARD_START = re.compile(rb"[ >*+.)0-9-]*(?: {4}|\t)")
# An underscore that may be emphasis, and no part of the name that it touches.
_EMPHASIS = re.compile(rb"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_LINK = re.compile(
    rb"!?\[(?!\^)(?:[^\[\]\\`<\n|]|`[^`|\n]*`)*\]\((?P<target>[^()\s<>\\&|`*\[\]]*)\)"
)
_FAR = 1 << 60
_LONG = 1 << 14  # a line or paragraph that is longer is looked at as a whole, not link by link


class Unsure(Exception):
    """It takes the parser to say."""


class Extent(NamedTuple):
    """A stretch of prose, or the content of inline code."""

    start: int
    end: int
    is_code: bool


class Layout(Protocol):
    """What a body has where."""

    @property
    def links(self) -> list[Link]:
        """Its links and images."""

    def around(self, offset: int) -> Extent | None:
        """The prose or inline code that a place is in; None where it is in neither."""


class PlainLayout:
    """The layout of a text without any markup."""

    def __init__(self, length: int) -> None:
        self._extent = Extent(0, length, is_code=False)
        self.links: list[Link] = []

    def around(self, offset: int) -> Extent | None:
        """See Layout."""
        return self._extent


class ParsedLayout:
    """The layout that the parser found."""

    def __init__(self, data: bytes, body: Body) -> None:
        self._data = data
        self._runs = body.text_runs
        self._codes = body.code_spans
        self.links = list(body.links)

    def around(self, offset: int) -> Extent | None:
        """See Layout."""
        run = _containing(self._runs, offset)
        if run is not None:
            return Extent(*run, is_code=False)
        code = _containing(self._codes, offset)
        return _content(self._data, *code) if code is not None else None


class QuickLayout:
    """The layout as far as it can be seen without parsing; everything here can raise Unsure.

    Looking for one character costs next to nothing, so that comes before every other question.
    """

    def __init__(self, data: bytes, start: int) -> None:
        self._data = data
        self._start = start
        self._has_backslash = data.find(b"\\", start) >= 0
        self._has_backtick = data.find(b"`", start) >= 0
        self._has_pipe = data.find(b"|", start) >= 0
        self._has_underscore = data.find(b"_", start) >= 0
        self._has_bracket = data.find(b"]", start) >= 0
        self._has_tilde = data.find(b"~", start) >= 0
        self._fences = list(self._fenced())
        self._refuse_hard(start)

    def around(self, offset: int) -> Extent | None:
        """See Layout; prose is told only as far as its line goes."""
        if offset < self._start or (self._fences and _containing(self._fences, offset)):
            return None
        start, end = self._line(offset)
        if self._codes_before(offset, start, end) % 2:
            opening = self._data.rfind(b"`", start, offset)
            closing = self._data.index(b"`", offset)
            return _content(self._data, opening, closing + 1)
        if self._has_bracket and self._is_in_address(offset):
            return None
        return Extent(start, end, is_code=False)

    @cached_property
    def links(self) -> list[Link]:
        """See Layout."""
        found = []
        at = self._data.find(b"](", self._start) if self._has_bracket else -1
        while at >= 0:
            if not _containing(self._fences, at):
                start, end = self._line(at)
                if self._codes_before(at, start, end) % 2 == 0:
                    found.append(self._link(at, start, end))
            at = self._data.find(b"](", at + 2)
        return found

    def _fenced(self) -> Iterator[tuple[int, int]]:
        """The fenced blocks that begin at the start of a line."""
        at = self._start
        while opening := self._next_fence(at):
            run = opening["fence"]
            if b"`" in opening["info"]:
                raise Unsure
            found = _closing(run).search(self._data, opening.end())
            at = found.end() if found else len(self._data)
            yield opening.start(), at

    def _next_fence(self, at: int) -> re.Match[bytes] | None:
        """The first fence at the start of a line; `at` is the start or the end of one."""
        if at == self._start and (first := _FENCE.match(self._data, at)):
            return first
        ticks = self._data.find(b"\n```", at) if self._has_backtick else -1
        tildes = self._data.find(b"\n~~~", at) if self._has_tilde else -1
        places = [place for place in (ticks, tildes) if place >= 0]
        return _FENCE.match(self._data, min(places) + 1) if places else None

    def _refuse_hard(self, start: int) -> None:
        """Raises Unsure where something outside of fences takes the parser anywhere in the body."""
        signs = [*_ODD]
        signs += (b"``",) if self._has_backtick else ()
        signs += (b"]:",) if self._has_bracket else ()
        signs += (b"~~~",) if self._has_tilde else ()
        for begin, end in [*self._fences, (len(self._data), len(self._data))]:
            for sign in signs:
                if self._data.find(sign, start, begin) >= 0:
                    raise Unsure
            if _HTML.search(self._data, start, begin):
                raise Unsure
            start = end

    def _line(self, offset: int) -> tuple[int, int]:
        data = self._data
        start = max(data.rfind(b"\n", 0, offset) + 1, self._start)
        end = data.find(b"\n", offset)
        end = end if end >= 0 else len(data)
        if end - start > _LONG or _HARD_START.match(data, start, end):
            raise Unsure
        if self._has_underscore and _EMPHASIS.search(data, start, end):
            raise Unsure
        return start, end

    def _codes_before(self, offset: int, start: int, end: int) -> int:
        """How many backticks stand before a place in its line."""
        if not (self._has_backtick or self._has_backslash or self._has_pipe):
            return 0
        chunk = self._chunk(start, end)
        if self._has_backslash and b"\\" in chunk:
            raise Unsure
        if self._has_pipe and b"|" in self._data[start:end]:
            _refuse_odd_table(chunk)
        if b"`" not in chunk:
            return 0
        if any(line.count(b"`") % 2 for line in chunk.split(b"\n")):
            raise Unsure
        return self._data.count(b"`", start, offset)

    def _chunk(self, start: int, end: int) -> bytes:
        """The lines around a line as far as the next blank ones: at least its paragraph."""
        above = self._data.rfind(b"\n\n", self._start, start)
        below = self._data.find(b"\n\n", end)
        first = above + 2 if above >= 0 else self._start
        last = below if below >= 0 else len(self._data)
        if last - first > _LONG:
            raise Unsure
        return self._data[first:last]

    def _link(self, at: int, start: int, end: int) -> Link:
        """The link whose text ends at `at`."""
        for match in _LINK.finditer(self._data, start, end):
            if match.start() < at < match.start("target"):
                target = match["target"].decode()
                return Link(target, match.start(), match.end())
        raise Unsure

    def _is_in_address(self, offset: int) -> bool:
        number = bisect_right(self.links, offset, key=lambda link: link.start)
        if not number or self.links[number - 1].end <= offset:
            return False
        text_end = self._data.rindex(b"](", 0, self.links[number - 1].end)
        return offset > text_end


@cache
def _closing(fence: bytes) -> re.Pattern[bytes]:
    """What closes a fenced block that begins with this run."""
    return re.compile(rb"\n {0,3}%c{%d,}[ \t]*(?=\n|\Z)" % (fence[0], len(fence)))


def _containing(
    stretches: list[tuple[int, int]] | tuple[tuple[int, int], ...], offset: int
) -> tuple[int, int] | None:
    """The stretch that an offset is in; they are sorted and apart from each other."""
    number = bisect_right(stretches, (offset, _FAR))
    if number and offset < stretches[number - 1][1]:
        return stretches[number - 1]
    return None


def _content(data: bytes, start: int, end: int) -> Extent:
    """What is between the backticks of inline code."""
    text = data[start:end]
    inner = text.strip(b"`")
    begin = start + text.index(inner) if inner else start
    blanks = len(inner) - len(inner.lstrip())
    return Extent(begin + blanks, begin + blanks + len(inner.strip()), is_code=True)


def _refuse_odd_table(chunk: bytes) -> None:
    """Cells are split before anything in them is read, and a row can have too many of them."""
    lines = [line for line in chunk.split(b"\n") if line]
    if len({line.count(b"|") for line in lines}) > 1:
        raise Unsure
    if any(cell.count(b"`") % 2 for line in lines for cell in line.split(b"|")):
        raise Unsure
