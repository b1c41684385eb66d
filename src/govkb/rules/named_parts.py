"""The parts of a body by the names of their headings, whatever is said in brackets after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govkb.reading import Record
from govkb.reading.outline import OutlineHeading

_UNCHANGED = re.compile(r"[ \t]*\(unchanged\b[^()]*\)\s*\Z", re.IGNORECASE)
_WORD = re.compile(r"\||[^\s|]+")
# How wide the columns of a table are drawn says nothing.
_RULER = re.compile(r"(:?)-+(:?)")


class Line(NamedTuple):
    """A line that has words on it; offsets are in bytes of the file."""

    words: tuple[str, ...]
    text: str
    start: int
    end: int


class Part(NamedTuple):
    """What stands under a heading, as far as the next one of its level or above."""

    record: Record
    name: str
    heading: OutlineHeading
    end: int

    @property
    def lines(self) -> list[Line]:
        """Its lines, blank ones left out."""
        at = self.heading.end
        found = []
        for line in self.record.source.data[at : self.end].splitlines(keepends=True):
            text = line.decode().strip()
            if text:
                start = at + len(line) - len(line.lstrip())
                found.append(Line(_words(text), text, start, start + len(line.strip())))
            at += len(line)
        return found


def parts_of(record: Record) -> Iterator[Part]:
    """Every part under a `##` heading or a lower one."""
    headings = record.outline.headings
    for number, heading in enumerate(headings):
        if heading.level > 1:
            after = (h.start for h in headings[number + 1 :] if h.level <= heading.level)
            name = _UNCHANGED.sub("", heading.text).strip()
            yield Part(record, name, heading, next(after, record.outline.end))


def unchanged_parts(record: Record) -> Iterator[Part]:
    """The parts whose heading says that they are unchanged."""
    if any(_UNCHANGED.search(heading.text) for heading in record.outline.headings):
        yield from (part for part in parts_of(record) if _UNCHANGED.search(part.heading.text))


def _words(line: str) -> tuple[str, ...]:
    words = _WORD.findall(line)
    return tuple(_RULER.sub(r"\1-\2", w) if _RULER.fullmatch(w) else w for w in words)
