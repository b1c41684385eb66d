"""Entries that stand word for word in two places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

from govkb.history.entries import Entry, entries_of
from govkb.history.ledger import Ledger
from govkb.reading import Record

# "Nothing yet." may be said more than once.
_FEWEST_WORDS = 5
# Bytes of a digest that are enough to tell texts apart by.
_WIDTH = 16


class Copy(NamedTuple):
    """An entry of a record that another one, or the same one above, has too: the original."""

    record: Record
    entry: Entry
    original: Record
    original_entry: Entry


def contents_of(record: Record) -> bytes:
    """What stands for the texts of the entries that no other record may repeat, joined."""
    return b"".join(_content(entry) for entry in _unrepeatable(record))


def copies_among(
    records: Iterable[Record],
    ledgers: Mapping[str, Ledger],
    contents: Callable[[Record], bytes],
) -> Iterator[Copy]:
    """Every copy; the original is the one that was sealed first, else the first by path."""
    first: dict[bytes, Record] = {}
    others: dict[bytes, dict[str, Record]] = {}
    for record in records:
        found = contents(record)
        for at in range(0, len(found), _WIDTH):
            content = found[at : at + _WIDTH]
            if content in first:
                holder = first[content]
                others.setdefault(content, {holder.id: holder})[record.id] = record
            else:
                first[content] = record
    entries: dict[str, dict[bytes, list[Entry]]] = {}
    for content, holders in others.items():
        held = []
        for record in holders.values():
            if record.path not in entries:
                entries[record.path] = _by_content(record)
            held += [(record, entry) for entry in entries[record.path].get(content, ())]
        yield from _copies(held, ledgers)


def _copies(held: list[tuple[Record, Entry]], ledgers: Mapping[str, Ledger]) -> Iterator[Copy]:
    held.sort(key=lambda pair: (_sealed_on(pair[0], pair[1], ledgers), pair[0].path))
    (original, first), *others = held
    for record, entry in others:
        yield Copy(record, entry, original, first)


def _by_content(record: Record) -> dict[bytes, list[Entry]]:
    found: dict[bytes, list[Entry]] = {}
    for entry in _unrepeatable(record):
        found.setdefault(_content(entry), []).append(entry)
    return found


def _sealed_on(record: Record, entry: Entry, ledgers: Mapping[str, Ledger]) -> str:
    ledger = ledgers.get(record.id)
    days = (line.day for line in ledger.lines if line.digest == entry.digest) if ledger else ()
    return next(iter(days), "9999")


def _unrepeatable(record: Record) -> Iterator[Entry]:
    if record.type is None:
        return
    for name in record.type.append_only_sections:
        section = record.type.sections.get(name)
        if section is None or not section.cumulative:
            for entry in entries_of(record, name):
                if not may_be_repeated(entry):
                    yield entry


def may_be_repeated(entry: Entry) -> bool:
    """Whether an entry says so little that other records may say the same."""
    if entry.block.kind == "table-head" or entry.tombstone_for is not None:
        return True
    return len(entry.text.split()) < _FEWEST_WORDS


def _content(entry: Entry) -> bytes:
    return sha256(entry.text.encode("utf-8", "surrogatepass")).digest()[:_WIDTH]
