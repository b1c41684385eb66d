"""Which record of now is which of then, also where its id has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from govkb.reading import Record

Records = Mapping[str, Record]

# Comparing every record that is gone with every new one takes the product of their numbers.
_MOST_PAIRS = 2_500
_ALIKE = 0.6


class Pairing(Struct, frozen=True, dict=True):
    """The records that there were and are, then those of now alone, then those of then alone."""

    kept: tuple[tuple[Record, Record], ...]
    new: tuple[Record, ...]
    gone: tuple[Record, ...]

    @cached_property
    def called(self) -> Mapping[str, str]:
        """What those with another id are called now, by their ids then."""
        return {old.id: now.id for old, now in self.kept if old.id != now.id}

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """Where those with another path are now, by their paths then."""
        return {old.path: now.path for old, now in self.kept if old.path != now.path}


def pairing(then: Records, now: Records) -> Pairing:
    """Records with the same id; else with the same path, an alias, or mostly the same text."""
    gone = {name: record for name, record in then.items() if name not in now}
    new = {name: record for name, record in now.items() if name not in then}
    kept = [(record, now[name]) for name, record in then.items() if name in now]
    for pairs in (_by_path, _by_alias, _by_text):
        for old, record in pairs(gone, new):
            if old.id in gone and record.id in new:
                kept.append((gone.pop(old.id), new.pop(record.id)))
    kept.sort(key=lambda pair: pair[1].id)
    return Pairing(tuple(kept), tuple(_sorted(new.values())), tuple(_sorted(gone.values())))


def _sorted(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda record: record.id)


def _by_path(gone: Records, new: Records) -> list[tuple[Record, Record]]:
    there = {record.path: record for record in new.values()}
    return [(old, there[old.path]) for old in _sorted(gone.values()) if old.path in there]


def _by_alias(gone: Records, new: Records) -> list[tuple[Record, Record]]:
    return [
        (gone[alias], record)
        for record in _sorted(new.values())
        for alias in _aliases(record)
        if alias in gone
    ]


def _aliases(record: Record) -> Iterator[str]:
    said = record.metadata.get("aliases")
    return (alias for alias in (said if isinstance(said, list) else ()) if isinstance(alias, str))


def _by_text(gone: Records, new: Records) -> list[tuple[Record, Record]]:
    """Those of one type whose texts share most of their lines, the likest first."""
    if not 0 < len(gone) * len(new) <= _MOST_PAIRS:
        return []
    lines = {id(record): _lines(record) for record in (*gone.values(), *new.values())}
    found = []
    for old in _sorted(gone.values()):
        for record in _sorted(new.values()):
            if _type(old) == _type(record):
                alike = _likeness(lines[id(old)], lines[id(record)])
                found.append((-alike, old, record))
    found = [one for one in found if -one[0] >= _ALIKE]
    found.sort(key=lambda one: one[0])
    return [(old, record) for _, old, record in found]


def _type(record: Record) -> str:
    return record.type.name if record.type is not None else ""


def _lines(record: Record) -> Counter[bytes]:
    """The lines of the body that say something; headings are those of the type."""
    body = record.source.data[record.body_start :].splitlines()
    return Counter(line.strip() for line in body if line.strip() and not line.startswith(b"## "))


def _likeness(one: Counter[bytes], other: Counter[bytes]) -> float:
    """How many bytes of both stand in both, from 0 to 1."""
    shared = _size(one & other)
    return 2 * shared / (_size(one) + _size(other)) if shared else 0.0


def _size(lines: Counter[bytes]) -> int:
    return sum(len(line) * times for line, times in lines.items())
