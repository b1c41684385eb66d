"""The times that a running record gives: of its updates, its `Timestamp:` and `Signed:` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govkb.reading import Record
from govkb.rules.updates import updates_in

_LINE = re.compile(
    rb"^[ \t]*(?:[-*+][ \t]+)?[*_]*(?P<word>Timestamp|Signed)[*_]*:(?P<rest>[^\n]*)", re.MULTILINE
)
_MOMENT = re.compile(
    rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)


class Time(NamedTuple):
    """A time as it is written, with the bytes of the file where it stands."""

    text: str
    start: int
    end: int
    is_signature: bool = False


def times_in(record: Record) -> list[Time]:
    """Every time that a record gives, in the order of the text."""
    found = {time.start: time for time in (*_of_updates(record), *_of_lines(record))}
    return [found[start] for start in sorted(found)]


def signed_apart(record: Record, times: list[Time]) -> Iterator[tuple[Time, Time]]:
    """Each signature whose part gives another time, with that.

    A part is what stands under the heading of a time, subheadings and all.
    """
    of: Time | None = None
    end = 0
    for time in times:
        if not time.is_signature:
            of, end = time, _end_of_part(record, time.start)
        elif of is not None and time.start < end and of.text != time.text:
            yield time, of


def _end_of_part(record: Record, at: int) -> int:
    level = 6
    for heading in record.outline.headings:
        if heading.start <= at:
            level = heading.level
        elif heading.level <= level:
            return heading.start
    return record.outline.end


def _of_updates(record: Record) -> Iterator[Time]:
    shapes = record.type.update_shapes if record.type is not None else {}
    for section, shape in shapes.items():
        for update in updates_in(record, section, shape):
            if update.moment is not None:
                start, end = update.heading.start, update.heading.end
                found = _MOMENT.search(record.source.data, start, end)
                if found is not None:
                    yield Time(found[0].decode(), *found.span())


def _of_lines(record: Record) -> Iterator[Time]:
    hidden = record.body.code_blocks
    for line in _LINE.finditer(record.source.data, record.body_start):
        found = _MOMENT.search(line[0])
        if found is None or any(start <= line.start() < end for start, end in hidden):
            continue
        start, end = line.start() + found.start(), line.start() + found.end()
        yield Time(found[0].decode(), start, end, line["word"] == b"Signed")
