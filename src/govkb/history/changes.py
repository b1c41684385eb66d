"""What became of the entries of append-only sections between a base and now."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from govkb.history.entries import Entry, entries_of
from govkb.reading import Record

_ALIKE = 0.5


class ChangeKind(StrEnum):
    """How an append-only section was broken."""

    EDITED = "edited"
    DROPPED = "dropped"
    REORDERED = "reordered"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that isn't where or what it was.

    `before` is the entry in the base, None for an inserted one; `after` the entry now, None for a
    dropped one. `record` is the record now, None where it is gone; `base_path` is where it was.
    """

    kind: ChangeKind
    record_id: str
    section: str
    base_path: str
    record: Record | None
    before: Entry | None
    after: Entry | None


def compare_with_base(
    base: Mapping[str, Record], head: Mapping[str, Record]
) -> tuple[EntryChange, ...]:
    """Every change to an append-only entry that the base has, records matched by id.

    A section is append-only where the base or the head says so: no change can loosen its own check.
    """
    return tuple(
        change
        for record_id, before in base.items()
        for section in _append_only(before, head.get(record_id))
        for change in _section_changes(before, head.get(record_id), section)
    )


def _append_only(before: Record, after: Record | None) -> Iterable[str]:
    names: dict[str, None] = {}
    for record in (before, after):
        if record is not None and record.type is not None:
            names |= dict.fromkeys(record.type.append_only_sections)
    return names


def _section_changes(before: Record, after: Record | None, section: str) -> Iterator[EntryChange]:
    old = entries_of(before, section)
    new = entries_of(after, section) if after is not None else []
    old_texts = [entry.text for entry in old]
    new_texts = [entry.text for entry in new]
    if new_texts[: len(old_texts)] == old_texts:
        return
    for kind, was, now in _differences(old, new):
        yield EntryChange(kind, before.id, section, before.path, after, was, now)


def _differences(
    old: list[Entry], new: list[Entry]
) -> Iterator[tuple[ChangeKind, Entry | None, Entry | None]]:
    """The changes that turn one list of entries into the other, appended ones left out."""
    pairs = _kept_pairs(old, new)
    kept_old, kept_new = set(pairs), set(pairs.values())
    gone = [i for i in range(len(old)) if i not in kept_old]
    fresh = [j for j in range(len(new)) if j not in kept_new]
    moved: dict[int, int] = {}
    for i in gone:
        match = next((j for j in fresh if new[j].text == old[i].text), None)
        if match is not None:
            moved[i] = match
            fresh.remove(match)
            yield ChangeKind.REORDERED, old[i], new[match]
    edited = _edited_pairs(old, new, [i for i in gone if i not in moved], fresh)
    for i in gone:
        if i in edited:
            yield ChangeKind.EDITED, old[i], new[edited[i]]
        elif i not in moved:
            yield ChangeKind.DROPPED, old[i], None
    last_kept = max((*kept_new, *edited.values(), *moved.values()), default=-1)
    for j in fresh:
        if j not in edited.values() and j < last_kept:
            yield ChangeKind.INSERTED, None, new[j]


def _kept_pairs(old: list[Entry], new: list[Entry]) -> dict[int, int]:
    """Entries that stand in the same order in both, by index."""
    texts = [entry.text for entry in old], [entry.text for entry in new]
    matcher = difflib.SequenceMatcher(None, *texts, autojunk=False)
    return {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def _edited_pairs(
    old: list[Entry], new: list[Entry], gone: list[int], fresh: list[int]
) -> dict[int, int]:
    """For each entry that is gone the new one most like it, where any is alike at all."""
    pairs: dict[int, int] = {}
    free = list(fresh)
    for i in gone:
        scores = [(_likeness(old[i].text, new[j].text), -j, j) for j in free]
        best = max(scores, default=None)
        if best is not None and best[0] >= _ALIKE:
            pairs[i] = best[2]
            free.remove(best[2])
    return pairs


def _likeness(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()
