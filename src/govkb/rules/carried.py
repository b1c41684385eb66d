"""What became of the entries that a record should carry on from the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from govkb.history import Entry, digest_of, entries_of
from govkb.queries.alikeness import ALIKE, alikeness
from govkb.reading import Record

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# Comparing every lost entry with every new one takes the product of their numbers.
_MOST_PAIRS = 2_500

Groups = dict[str, list[Entry]]


class Fate(Enum):
    """What may become of an entry on its way."""

    LOST = "lost"
    ALTERED = "altered"
    MOVED = "moved"
    ADDED = "added"


class CarriedChange(NamedTuple):
    """An entry that isn't where or what it was; `group` is the date that it belongs under.

    `old` is the entry before, None for one that was added; `new` is None for one that is lost.
    """

    fate: Fate
    group: str
    old: Entry | None
    new: Entry | None


def carried_changes(record: Record, previous: Record, section: str) -> Iterator[CarriedChange]:
    """Every entry before that isn't carried on, and every new one in an old group."""
    old, new = grouped(previous, section), grouped(record, section)
    gone: Groups = {}
    fresh: Groups = {}
    for group in {**old, **new}:
        ends = record.id, previous.id, section
        gone[group], fresh[group] = _unmatched(old.get(group, []), new.get(group, []), ends)
    for group, entries in gone.items():
        are_few = len(entries) * len(fresh[group]) <= _MOST_PAIRS
        for entry in entries:
            yield _fate(entry, group, fresh, are_few)
    newest = max((g for g in new if _DAY.fullmatch(g)), default=next(reversed(new), ""))
    for group, entries in fresh.items():
        if group in old and group != newest:
            yield from (CarriedChange(Fate.ADDED, group, None, entry) for entry in entries)


def grouped(record: Record, section: str) -> Groups:
    """The entries of a section by the date in the heading above them, else by that heading."""
    groups: Groups = {}
    group = ""
    for entry in entries_of(record, section):
        if entry.block.kind == "heading":
            found = _DAY.search(entry.text)
            group = found[0] if found else entry.text.strip("# ").casefold()
            groups.setdefault(group, [])
        else:
            groups.setdefault(group, []).append(entry)
    if "" in groups and len(groups) > 1:
        # What leads to the first date is no entry of any day.
        groups[""] = [entry for entry in groups[""] if entry.block.kind in ("item", "table-row")]
    return groups


def _unmatched(
    old: list[Entry], new: list[Entry], ends: tuple[str, str, str]
) -> tuple[list[Entry], list[Entry]]:
    """The entries of either that the other hasn't; of equal ones each counts for one."""
    ahead: dict[str, list[Entry]] = {}
    for entry in new:
        ahead.setdefault(entry.text, []).append(entry)
    gone = [e for e in old if not (ahead.get(e.text) and ahead[e.text].pop(0))]
    fresh = [entry for entry in new if any(entry is left for left in ahead[entry.text])]
    for entry in list(gone):
        other = next((f for f in fresh if _is_redacted(entry, f, ends)), None)
        if other is not None:
            gone.remove(entry)
            fresh.remove(other)
    return gone, fresh


def _is_redacted(one: Entry, other: Entry, ends: tuple[str, str, str]) -> bool:
    """Whether one of two is a tombstone of what the other says, or both are tombstones."""
    record, previous, section = ends
    stones = one.tombstone_for, other.tombstone_for
    if stones[0] and stones[1]:
        return True
    stone, text = stones[0] or stones[1], other.text if stones[0] else one.text
    digests = (digest_of(of, section, text) for of in (record, previous))
    return stone is not None and any(digest.startswith(stone) for digest in digests)


def _fate(old: Entry, group: str, fresh: Groups, are_few: bool) -> CarriedChange:
    """What became of an entry; what it became is no longer among the fresh ones."""
    for entries in fresh.values():
        for entry in entries:
            if entry.text == old.text:
                entries.remove(entry)
                return CarriedChange(Fate.MOVED, group, old, entry)
    others = fresh[group] if are_few else []
    alike = [(alikeness(old.text, entry.text), entry) for entry in others]
    best = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    if best[1] is None or best[0] < ALIKE:
        return CarriedChange(Fate.LOST, group, old, None)
    fresh[group].remove(best[1])
    return CarriedChange(Fate.ALTERED, group, old, best[1])
