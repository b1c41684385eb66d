"""What records teach: the entries of their sections that hold learnings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from govkb.history.entries import Entry, entries_of
from govkb.reading import Record

_MARKER = re.compile(r"\A(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Learning(Struct, frozen=True):
    """A learning with the day it was learned; `day` is empty where nothing says it.

    `markdown` is the entry without its list marker, its further lines moved left with it.
    """

    record: Record
    entry: Entry
    day: str
    markdown: str


def learnings_among(records: Iterable[Record]) -> list[Learning]:
    """Every learning of some records, as `told_once` has them."""
    return told_once(_released(records))


def told_once(learnings: Iterable[Learning]) -> list[Learning]:
    """Learnings, the newest day first. One that later records repeat counts for the first."""
    seen: dict[str, Learning] = {}
    for learning in sorted(learnings, key=lambda found: (found.record.date or "", found.record.id)):
        seen.setdefault(learning.entry.text, learning)
    return sorted(seen.values(), key=lambda learning: learning.day, reverse=True)


def learnings_in(record: Record) -> Iterator[Learning]:
    """The learnings of one record, in the order of its type's sections."""
    sections = record.type.sections.values() if record.type else ()
    for section in sections:
        if section.holds != "learnings":
            continue
        day = record.date or ""
        for entry in entries_of(record, section.name):
            if entry.block.kind == "heading":
                found = _DAY.search(entry.text)
                day = found[0] if found else day
            else:
                own = _DAY.match(entry.text)
                yield Learning(record, entry, own[0] if own else day, _markdown(record, entry))


def _released(records: Iterable[Record]) -> Iterator[Learning]:
    for record in records:
        yield from learnings_in(record)
        # Of ten thousand texts hardly any is needed again.
        record.text.release()


def _markdown(record: Record, entry: Entry) -> str:
    text = record.source.text(entry.block.start, entry.block.end)
    marker = _MARKER.match(text)
    width = len(marker[0]) if marker else 0
    first, *rest = text[width:].split("\n")
    return "\n".join([first, *(line[min(width, _indent(line)) :] for line in rest)])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
