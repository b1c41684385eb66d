"""Updates: what is appended under headings that bear the moment of writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import NamedTuple

from govkb.reading import Record
from govkb.reading.outline import OutlineHeading
from govkb.record_types import UpdateShape

WHOLE_BODY = "*"
MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_TOKEN = "{timestamp}"
_DASHES = "-—"


class Update(NamedTuple):
    """An update, from its heading as far as the next one; offsets are in bytes of the file.

    `moment` is None where the heading is none of an update, and only looks like one; `fault` says
    then why.
    """

    heading: OutlineHeading
    end: int
    moment: datetime | None
    fault: str = ""


def updates_in(record: Record, section: str, shape: UpdateShape) -> list[Update]:
    """The updates of a section, or with `*` of the whole body, in the order of the text."""
    return [
        update
        for start, end in _extents(record, section)
        for update in _between(record, start, end, section, shape)
    ]


def stray_updates(record: Record, section: str, shape: UpdateShape) -> Iterator[Update]:
    """Updates that end the section which they were meant for, because they are no part of it."""
    if section == WHOLE_BODY or not _extents(record, section):
        return
    marks = "##"
    for found in record.outline.sections():
        if _pattern(shape.heading).match(found.name):
            fault = f'with {marks} it ends the section "{section}"'
            yield Update(found.heading, found.end, None, fault)


def missing_blocks(record: Record, update: Update, shape: UpdateShape) -> list[str]:
    """Those blocks that every update must have and this one hasn't."""
    return [name for name in shape.demands if not _has_block(record, update, name)]


def right_heading(text: str, section: str, shape: UpdateShape) -> str:
    """What a heading should look like, with the moment that it has already, if it has one."""
    found = re.search(MOMENT, text)
    marks = "##" if section == WHOLE_BODY else "###"
    moment = found[0] if found else "YYYY-MM-DDThh:mm:ssZ"
    return f"`{marks} {shape.heading.replace(_TOKEN, moment)}`"


def _extents(record: Record, section: str) -> list[tuple[int, int]]:
    if section == WHOLE_BODY:
        return [(record.outline.start, record.outline.end)]
    names = record.type.headings_of(section) if record.type else frozenset()
    return [
        (found.heading.end, found.end)
        for found in record.outline.sections()
        if found.name.casefold() in names
    ]


def _between(
    record: Record, start: int, end: int, section: str, shape: UpdateShape
) -> Iterator[Update]:
    found = [
        (heading, moment, fault)
        for heading in record.outline.headings
        if start <= heading.start < end
        for moment, fault in _read(heading, section, shape)
    ]
    stops = [heading.start for heading, *_ in found[1:]] + [end]
    for (heading, moment, fault), stop in zip(found, stops, strict=False):
        yield Update(heading, stop, moment, fault)


def _read(
    heading: OutlineHeading, section: str, shape: UpdateShape
) -> Iterator[tuple[datetime | None, str]]:
    """The moment of an update's heading, or what is wrong with it; nothing for any other."""
    found = _pattern(shape.heading).match(heading.text)
    if found is None:
        if _alike(shape.heading).match(heading.text):
            yield None, "it is not written as one"
        return
    levels = (2, 3) if section == WHOLE_BODY else (3,)
    if heading.level not in levels:
        yield None, f"it stands under {'#' * heading.level}"
        return
    try:
        yield datetime.fromisoformat(found["moment"]), ""
    except ValueError:
        yield None, f"there is no moment {found['moment']}"


@cache
def _pattern(heading: str) -> re.Pattern[str]:
    before = heading.partition(_TOKEN)[0]
    written = "".join(f"[{_DASHES}]" if c in _DASHES else re.escape(c) for c in before)
    return re.compile(rf"{written}(?P<moment>{MOMENT})(?!\w)", re.ASCII)


@cache
def _alike(heading: str) -> re.Pattern[str]:
    """What was probably meant for an update: its first word, and a number, a sign or a day."""
    word = re.match(r"\W*(\w+)", heading)
    name = re.escape(word[1]) if word else ""
    rest = r"\s*(?:#?[0-9]+\s*)?(?:$|[-—–:(])|.*[0-9]{4}-[0-9]{2}-[0-9]{2}"
    return re.compile(rf"{name}\b(?:{rest})", re.IGNORECASE)


def _has_block(record: Record, update: Update, name: str) -> bool:
    inside = (h for h in record.outline.headings if update.heading.end <= h.start < update.end)
    begins = re.compile(rf"{re.escape(name)}(?!\w)")
    if any(begins.match(heading.text) for heading in inside):
        return True
    data = record.source.data
    line = re.compile(rb"^\*\*" + re.escape(name.encode()) + rb"(?!\w)", re.MULTILINE)
    lines = line.finditer(data, update.heading.end, update.end)
    return any(not _is_hidden(record, found.start(), update) for found in lines)


def _is_hidden(record: Record, at: int, update: Update) -> bool:
    """Whether code or a comment hides a place; the body is read only where that could be."""
    part = record.source.data[update.heading.end : update.end]
    if not any(sign in part for sign in (b"```", b"~~~", b"<")):
        return False
    html = ((block.start, block.end) for block in record.body.blocks if block.kind == "html")
    return any(start <= at < end for start, end in (*record.body.code_blocks, *html))
