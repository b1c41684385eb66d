"""Entries that answer older ones: a learning that proved wrong is superseded, never edited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govkb.history.entries import Entry, entries_of
from govkb.reading import Record

_ANSWER = re.compile(
    r"\((?P<verb>supersedes|contradicts) L-(?P<digits>[0-9a-f]{8,64})(?: of [^()\n]+)?\)"
)
_QUICK = (b"(supersedes L-", b"(contradicts L-")


class Answer(NamedTuple):
    """What an entry says of another: the first `digits` of that one's digest."""

    record: Record
    entry: Entry
    verb: str
    digits: str


def answers_in(record: Record) -> tuple[Answer, ...]:
    """What the entries of a record's append-only sections say of other entries."""
    data = record.source.data
    if record.type is None or not any(words in data for words in _QUICK):
        return ()
    return tuple(
        Answer(record, entry, found["verb"], found["digits"])
        for name in record.type.append_only_sections
        for entry in entries_of(record, name)
        for found in _ANSWER.finditer(entry.text)
    )


def answers_among(records: Iterable[Record]) -> Iterator[Answer]:
    """What the entries of some records say of others."""
    for record in records:
        yield from answers_in(record)


def answering(verb: str, digest: str, record_id: str) -> str:
    """The words by which an entry answers another one, of this record."""
    return f"({verb} L-{digest[:8]} of {record_id})"
