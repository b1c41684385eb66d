"""Headings and sections of a body without the cost of parsing it.

Checking thousands of records needs to know of most bodies only which sections they have and
whether anything stands in them. Headings, code fences and comments that begin a line at its first
column mean the same everywhere, so a search for these finds the outline of nearly every record.
Where something else could matter (indented or underlined headings, raw HTML, link definitions) the
body is parsed. Both ways give the same, and Hypothesis holds them against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govkb.reading.body import Body, heading_text, read_body

# What may begin at the start of a line: a heading, a fence, HTML, a rule; last, what takes a parser
# (indented or underlined headings, other rules, link and footnote definitions).
_LINE = re.compile(
    rb"\n(?:(?P<heading>#{1,6})(?=[ \t\n]|\Z)"
    rb"|(?P<fence>`{3,}|~{3,})"
    rb"|(?P<html><)"
    rb"|(?P<rule>---[ \t]*(?=\n|\Z))"
    rb"|(?P<unsure> {1,3}(?:#|`{3}|~{3}|<|=|\[|[-*_][-*_ \t]*(?:\n|\Z))"
    rb"|=|[-*_][-*_ \t]*(?:\n|\Z)|\[[^\]\n]*(?:\]:|\n|\Z)))"
)
# Characters that count as blank, or as the end of a line, in some places only.
_ODD = bytes((0x00, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F))
_LF = 0x0A
_MARKUP = re.compile(rb"[*_`\[\]<>&\\~\t]")
_CLOSING = re.compile(rb"(?:^| +)#+$")


class OutlineHeading(NamedTuple):
    """A heading; offsets are in bytes of the file.

    `has_text` says whether anything stands below it before the next heading, comments and rules
    left out.
    """

    level: int
    text: str
    start: int
    end: int
    has_text: bool


class Outline(NamedTuple):
    """The headings of a body, which begins at `start` and ends at `end`, in their order.

    `has_text` says whether anything stands before the first one.
    """

    headings: tuple[OutlineHeading, ...] = ()
    start: int = 0
    end: int = 0
    has_text: bool = False

    @property
    def title(self) -> str:
        """The text of the first top heading, empty where there is none."""
        return next((heading.text for heading in self.headings if heading.level == 1), "")

    def shifted(self, by: int) -> Outline:
        """The same, each offset moved by as much."""
        headings = (h._replace(start=h.start + by, end=h.end + by) for h in self.headings)
        return Outline(tuple(headings), self.start + by, self.end + by, self.has_text)

    def sections(self) -> Iterator[OutlineSection]:
        """The `##` sections, each as far as the next heading of its level or above."""
        for number, heading in enumerate(self.headings):
            if heading.level == 2:
                yield self._section(number)

    def subsections(self, section: OutlineSection) -> Iterator[OutlineSection]:
        """The `###` sections inside a `##` section."""
        for number in range(section.number + 1, section.last):
            if self.headings[number].level == 3:
                yield self._section(number)

    def subsection(self, name: str) -> OutlineSection | None:
        """The first `###` section of this name, inside whatever `##` section."""
        wanted = name.casefold()
        parts = (part for section in self.sections() for part in self.subsections(section))
        return next((part for part in parts if part.name.casefold() == wanted), None)

    def section(self, name: str, within: str | None = None) -> OutlineSection | None:
        """The first section of this name; letter case doesn't matter.

        With `within` it is a `###` section inside the `##` section of that name.
        """
        wanted = name.casefold()
        first, last = 0, len(self.headings)
        if within is not None:
            parent = self.section(within)
            if parent is None:
                return None
            first, last = parent.number + 1, parent.last
        level = 2 if within is None else 3
        for number in range(first, last):
            heading = self.headings[number]
            if heading.level == level and heading.text.casefold() == wanted:
                return self._section(number)
        return None

    def _section(self, number: int) -> OutlineSection:
        heading = self.headings[number]
        last = number + 1
        has_text = heading.has_text
        while last < len(self.headings) and self.headings[last].level > heading.level:
            has_text = has_text or self.headings[last].has_text
            last += 1
        end = self.headings[last].start if last < len(self.headings) else self.end
        return OutlineSection(heading.text, heading, number, last, end, has_text)


class OutlineSection(NamedTuple):
    """A section: its heading, the numbers of its first and last-but-one heading, and where it ends.

    `has_text` counts what stands under its subheadings too.
    """

    name: str
    heading: OutlineHeading
    number: int
    last: int
    end: int
    has_text: bool


def read_outline(data: bytes, start: int) -> Outline:
    """The outline of the Markdown that begins at byte `start` of a file."""
    outline = _scanned(data, start)
    return outline if outline is not None else outline_of(read_body(data, start), len(data))


def outline_of(body: Body, end: int) -> Outline:
    """The outline of a parsed body."""
    texts = [False] * (len(body.headings) + 1)
    starts = [heading.start for heading in body.headings]
    number = 0
    for block in body.blocks:
        while number < len(starts) and starts[number] <= block.start:
            number += 1
        if block.kind not in ("heading", "html", "rule"):
            texts[number] = True
    headings = tuple(
        OutlineHeading(h.level, h.text, h.start, h.end, texts[n + 1])
        for n, h in enumerate(body.headings)
    )
    return Outline(headings, body.start, end, texts[0])


def _scanned(data: bytes, start: int) -> Outline | None:
    """The outline, or None where it takes a parser to be sure."""
    if start == 0:
        found = _scanned(b"\n" + data, 1)  # every line has a line end before it
        return found.shifted(-1) if found is not None else None
    if len(data.translate(None, _ODD)) != len(data):
        return None
    headings: list[OutlineHeading] = []
    now: tuple[int, str, int, int] | None = None
    at = start - 1
    has_text = text_before = False
    for match in _LINE.finditer(data, at):
        begin = match.start()
        if begin < at:
            continue
        has_text = has_text or data[at:begin].strip() != b""
        kind = match.lastgroup
        if kind == "heading":
            following = _heading(data, begin + 1, match.end())
            if following is None:
                return None
            if now is None:
                text_before = has_text
            else:
                headings.append(OutlineHeading(*now, has_text))
            now, has_text = following, False
            at = now[3] - 1 if data[now[3] - 1] == _LF else now[3]
        else:
            end = _end_of(kind, data, match)
            if end is None:
                return None
            has_text = has_text or kind == "fence"
            at = end
    has_text = has_text or data[at:].strip() != b""
    if now is None:
        text_before = has_text
    else:
        headings.append(OutlineHeading(*now, has_text))
    return Outline(tuple(headings), start, len(data), text_before)


def _heading(data: bytes, begin: int, marks_end: int) -> tuple[int, str, int, int] | None:
    """Level, text and extent of a heading; None where a definition may make a link of its text."""
    end = data.find(b"\n", marks_end)
    line_end = end if end >= 0 else len(data)
    raw = data[marks_end:line_end]
    if _MARKUP.search(raw):
        if b"[" in raw and b"]:" in data:
            return None
        text = heading_text(data[begin:line_end])
    else:
        raw = raw.strip(b" ")
        text = (_CLOSING.sub(b"", raw) if raw.endswith(b"#") else raw).decode().strip()
    return marks_end - begin, text, begin, line_end + (end >= 0)


def _end_of(kind: str | None, data: bytes, match: re.Match[bytes]) -> int | None:
    """Where a fence, a comment or a rule ends; None for what only a parser can tell."""
    if kind == "fence":
        return _fence_end(data, match)
    if kind == "html":
        return _comment_end(data, match.start() + 1)
    # Under a line of text a rule would be the underline of a heading.
    is_rule = kind == "rule" and data[match.start() - 1] == _LF
    return match.end() if is_rule else None


def _fence_end(data: bytes, match: re.Match[bytes]) -> int:
    run = match["fence"]
    line_end = data.find(b"\n", match.end())
    line_end = line_end if line_end >= 0 else len(data)
    if run[:1] == b"`" and b"`" in data[match.end() : line_end]:
        return match.end()  # a paragraph that begins with code
    closing = re.compile(rb"\n {0,3}%c{%d,}[ \t]*(?=\n|\Z)" % (run[0], len(run)))
    found = closing.search(data, line_end)
    return found.end() if found else len(data)


def _comment_end(data: bytes, begin: int) -> int | None:
    if not data.startswith(b"<!--", begin) or data.startswith((b"<!-->", b"<!--->"), begin):
        return None
    closing = data.find(b"-->", begin + 4)
    if closing < 0:
        return None
    end = data.find(b"\n", closing)
    return end if end >= 0 else len(data)
