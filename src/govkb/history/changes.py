"""What became of the entries of append-only sections since a base, and since they were sealed."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from govkb.history.entries import Entry, append_only_sections, entries_of
from govkb.history.hiding import hidden_entries
from govkb.history.ledger import Ledger, Sealed, entries_by_section, file_name
from govkb.history.moves import Earlier, has_arrived, was_moved
from govkb.history.sequences import ChangeKind, differences
from govkb.reading import Record


class EntryChange(Struct, frozen=True):
    """One entry that isn't where or what it was.

    `before` is the entry in the base and `sealed` what the ledger says of it; both are None for one
    that is new, and `before` also where there is no base. `after` is the entry now, None where it
    is gone. `record` is the record now, None where it is gone too; `path` is where it is or was.
    """

    kind: ChangeKind
    record_id: str
    section: str
    path: str
    record: Record | None
    before: Entry | None = None
    after: Entry | None = None
    sealed: Sealed | None = None

    @property
    def digest(self) -> str | None:
        """The digest of the entry as it was, where it was there before."""
        entry = self.before or self.sealed
        return entry.digest if entry is not None else None


Records = Mapping[str, Record]
Ledgers = Mapping[str, Ledger]


def compare_with_base(
    base: Records,
    head: Records,
    ledgers: Ledgers | None = None,
    earlier: Earlier = lambda record_id: None,
) -> tuple[EntryChange, ...]:
    """Every change to an append-only entry that the base has, records matched by id.

    A section is append-only where the base or the head says so: no change can loosen its own check.
    What the `ledgers` of the head say was redacted or moved is no change, unless nobody can have
    seen the text in the record that it is said to be in: it was taken out there in `earlier` ones.
    """
    ledgers = ledgers or {}
    return tuple(
        change
        for record_id, before in base.items()
        for section in _append_only(before, head.get(record_id))
        for change in _since_base(before, head, section, ledgers, earlier)
    )


# The digests that a record shows, 32 bytes each, by section.
Shown = Callable[[Record], Mapping[str, bytes]]


def compare_with_ledgers(
    ledgers: Ledgers, head: Records, shown: Shown, folder: str
) -> Iterator[EntryChange]:
    """Every way in which records don't show what their ledgers in `folder` say.

    `shown` says which digests a record shows, by section. Where there is no ledger at all, nobody
    has begun to seal, and there is nothing to say.
    """
    if not ledgers:
        return
    for ledger in ledgers.values():
        record = head.get(ledger.record_id)
        if record is None or not _is_as_sealed(ledger, shown(record)):
            path = f"{folder}/{file_name(ledger.record_id)}"
            yield from compare_with_ledger(ledger, head, ledgers, path)
    for record in head.values():
        if record.id not in ledgers and any(shown(record).values()):
            yield from compare_with_ledger(Ledger(record.id), head, ledgers, record.path)


def digests_shown(record: Record) -> dict[str, bytes]:
    """The digests of the entries of a record's append-only sections, joined, 32 bytes each."""
    return {
        name: joined(e.digest for e in entries_of(record, name))
        for name in append_only_sections(record)
    }


def joined(digests: Iterable[str]) -> bytes:
    """Digests as bytes, one after the other."""
    return bytes.fromhex("".join(digests))


def _is_as_sealed(ledger: Ledger, shown: Mapping[str, bytes]) -> bool:
    """Whether nothing more needs to be asked; that it isn't may still be nobody's fault."""
    expected: dict[str, list[str]] = {}
    for line in ledger.lines:
        if line.event != "add":
            return False
        expected.setdefault(line.section, []).append(line.digest)
    return expected.keys() <= shown.keys() and all(
        found == joined(expected.get(name, ())) for name, found in shown.items()
    )


def compare_with_ledger(
    ledger: Ledger, head: Records, ledgers: Ledgers, path: str
) -> tuple[EntryChange, ...]:
    """Every way in which a record doesn't show what its ledger says; `path` is the ledger's own."""
    record = head.get(ledger.record_id)
    expected = entries_by_section(ledger.sealed())
    sections = dict.fromkeys((*expected, *(append_only_sections(record) if record else ())))
    found: list[EntryChange] = []
    for section in sections:
        found += _since_sealing(ledger, record, section, expected.get(section, []), path)
    found += _lost_on_the_way(ledger, head, ledgers, path)
    return tuple(found)


def merged(
    since_base: Iterable[EntryChange], since_sealing: Iterable[EntryChange]
) -> tuple[EntryChange, ...]:
    """Both, without telling of an entry twice; a base has more to say, for it has the old text."""
    first = list(since_base)
    told = {(change.record_id, change.section, change.digest) for change in first if change.digest}
    places = {_place(change) for change in first if change.after is not None}
    return (
        *first,
        *(
            change
            for change in since_sealing
            if (change.record_id, change.section, change.digest) not in told
            and (change.after is None or _place(change) not in places)
        ),
    )


def _place(change: EntryChange) -> tuple[str, int]:
    return change.record_id, change.after.block.start if change.after else -1


def _append_only(before: Record, after: Record | None) -> Iterable[str]:
    names = dict.fromkeys(append_only_sections(before))
    return names | dict.fromkeys(append_only_sections(after)) if after is not None else names


def _since_base(
    before: Record, head: Records, section: str, ledgers: Ledgers, earlier: Earlier
) -> Iterator[EntryChange]:
    after, ledger = head.get(before.id), ledgers.get(before.id) or Ledger(before.id)
    sealed = {s.digest: s for s in ledger.sealed()}
    old = [
        entry
        for entry in entries_of(before, section)
        if not was_moved(entry, sealed.get(entry.digest), ledger, head, ledgers, earlier)
    ]
    new = entries_of(after, section) if after is not None else []
    now = _keys(new, (s for s in sealed.values() if s.redacted))
    then = _keys(old, (s for s in sealed.values() if s.redacted))

    def likeness(i: int, j: int) -> float:
        return difflib.SequenceMatcher(None, old[i].text, new[j].text, autojunk=False).ratio()

    path = after.path if after is not None else before.path
    changes: list[EntryChange] = []
    for kind, i, j in differences(then, now, likeness):
        was, now_there = old[i] if i is not None else None, new[j] if j is not None else None
        known = sealed.get(was.digest) if was is not None else None
        if known is not None and known.redacted and kind is not ChangeKind.REORDERED:
            # A text that was redacted is shown nowhere.
            kind, was = ChangeKind.UNMARKED, None
        else:
            known = None
        changes.append(EntryChange(kind, before.id, section, path, after, was, now_there, known))
    yield from _with_hidden(changes, after, section)


def _since_sealing(
    ledger: Ledger, record: Record | None, section: str, expected: list[Sealed], path: str
) -> Iterator[EntryChange]:
    shown = entries_of(record, section) if record is not None else []
    where = record.path if record is not None else path
    then = [entry.digest for entry in expected]
    now = _keys(shown, (entry for entry in expected if entry.redacted))
    needed = _needed(then, now, shown)
    shown, now = [shown[j] for j in needed], [now[j] for j in needed]
    changes: list[EntryChange] = []
    told: set[int] = set()
    for kind, i, j in differences(then, now):
        sealed = expected[i] if i is not None else None
        if sealed is not None and sealed.redacted and kind is not ChangeKind.REORDERED:
            kind = ChangeKind.UNMARKED
        after = shown[j] if j is not None else None
        changes.append(
            EntryChange(kind, ledger.record_id, section, where, record, None, after, sealed)
        )
        told |= {j} if j is not None else set()
    yield from _with_hidden(changes, record, section)
    unseen = Counter(then)
    by_digest = {entry.digest: entry for entry in expected}
    for j, (key, entry) in enumerate(zip(now, shown, strict=True)):
        # Of equal entries the first ones are those that are sealed.
        is_sealed = unseen[key] > 0
        unseen[key] -= 1
        sealed = by_digest.get(entry.digest)
        if sealed is not None and sealed.redacted and j not in told:
            kind = ChangeKind.UNMARKED
        elif is_sealed or j in told:
            continue
        else:
            kind, sealed = ChangeKind.UNSEALED, None
        yield EntryChange(kind, ledger.record_id, section, where, record, None, entry, sealed)


def _needed(then: Sequence[str], now: Sequence[str], shown: Sequence[Entry]) -> list[int]:
    """The entries that count, by index: more tombstones than were sealed say nothing new."""
    unseen = Counter(then)
    needed = []
    for j, (key, entry) in enumerate(zip(now, shown, strict=True)):
        if unseen[key] > 0 or key == entry.digest:
            needed.append(j)
        unseen[key] -= 1
    return needed


def _lost_on_the_way(
    ledger: Ledger, head: Records, ledgers: Ledgers, path: str
) -> Iterator[EntryChange]:
    """Entries that the ledger says are in another record now, and that aren't."""
    record = head.get(ledger.record_id)
    where = record.path if record is not None else path
    for entry in ledger.sealed():
        if entry.moved_to is None or has_arrived(entry, ledger, head, ledgers):
            continue
        yield EntryChange(
            ChangeKind.DROPPED, ledger.record_id, entry.section, where, record, sealed=entry
        )


def _keys(entries: Sequence[Entry], redacted: Iterable[Sealed]) -> list[str]:
    """What entries are compared by: their digests, and of a tombstone that of what it covers."""
    covered = [sealed.digest for sealed in redacted]
    return [_covered(entry, covered) or entry.digest for entry in entries]


def _covered(entry: Entry, redacted: Sequence[str]) -> str | None:
    digits = entry.tombstone_for if redacted else None
    if digits is None:
        return None
    return next((digest for digest in redacted if digest.startswith(digits)), None)


def _with_hidden(
    changes: list[EntryChange], record: Record | None, section: str
) -> Iterator[EntryChange]:
    """The changes, those called hidden whose entry is in code or a comment of the record now."""
    lost = {c.digest for c in changes if c.kind in (ChangeKind.EDITED, ChangeKind.DROPPED)}
    if record is None or not lost:
        yield from changes
        return
    found = hidden_entries(record, section)
    hidden = {entry.digest: entry for entry in found if entry.digest in lost}
    for change in changes:
        if change.digest in hidden:
            yield replace(change, kind=ChangeKind.HIDDEN, after=hidden[change.digest])
        elif change.kind is not ChangeKind.INSERTED or not _is_around(change, hidden.values()):
            yield change


def _is_around(change: EntryChange, hidden: Iterable[Entry]) -> bool:
    """Whether what was inserted is the code block or comment that hides an entry."""
    block = change.after.block if change.after else None
    return block is not None and any(
        block.start <= entry.block.start and entry.block.end <= block.end for entry in hidden
    )
