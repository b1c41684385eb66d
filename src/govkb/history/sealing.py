"""What the ledgers of records should say, as far as nobody's history is rewritten by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from govkb.history.changes import EntryChange, compare_with_ledger
from govkb.history.entries import Entry, append_only_sections, digest_of, entries_of
from govkb.history.ledger import Ledger, LedgerLine, Sealed, first_difference
from govkb.history.moves import has_arrived, is_cumulative
from govkb.history.sequences import ChangeKind
from govkb.reading import Record

Records = Mapping[str, Record]


class Sealing(Struct, frozen=True):
    """A record's ledger as it should be; `added` and `moved` are its new lines.

    Where `refused` isn't empty, something is wrong that no ledger may cover up, and `ledger` is the
    old one. `is_rewritten` says that it doesn't continue what must not be changed.
    """

    ledger: Ledger
    added: tuple[LedgerLine, ...] = ()
    moved: tuple[LedgerLine, ...] = ()
    refused: tuple[EntryChange, ...] = ()
    is_rewritten: bool = False


@dataclass(slots=True)
class Sealer:
    """Seals the entries of records. `day` is the day on which that happens."""

    records: Records
    ledgers: Mapping[str, Ledger]
    day: str
    _places: dict[str, list[tuple[Record, Entry]]] = field(default_factory=dict)

    def seal(self, ledger: Ledger, protected: Ledger, path: str) -> Sealing:
        """The ledger of a record that has this one, at `path`.

        The lines of `protected` stay; those that follow them are written anew.
        """
        if first_difference(protected, ledger) is not None or ledger.faults:
            return Sealing(ledger, is_rewritten=True)
        own = ledger.lines[len(protected.lines) :]
        known = {line.digest for line in protected.lines}
        kept = protected.with_lines(
            line for line in own if line.digest in known and self._holds(line, ledger)
        )
        broken = [c for c in self._changes(kept, path) if c.kind is not ChangeKind.UNSEALED]
        moves = [self._move(change, kept) for change in broken]
        refused = [c for c, move in zip(broken, moves, strict=True) if move is None]
        if refused:
            return Sealing(ledger, refused=tuple(refused))
        moved = [move for move in moves if move is not None]
        began = kept.with_lines(moved)
        lines = tuple(self._lines(began, own, path))
        sealed = began.with_lines(lines)
        had = set(ledger.lines)
        new = Counter(line for line in lines if line.event == "add") - Counter(ledger.lines)
        added = tuple(new.elements())
        return Sealing(sealed, added, tuple(line for line in moved if line not in had))

    def _holds(self, line: LedgerLine, ledger: Ledger) -> bool:
        """Whether a line of one's own about an older entry is still true."""
        if line.event == "move":
            return has_arrived(line, ledger, self.records, self.ledgers)
        return line.event == "redact"

    def _changes(self, ledger: Ledger, path: str) -> tuple[EntryChange, ...]:
        return compare_with_ledger(ledger, self.records, self.ledgers, path)

    def _lines(self, began: Ledger, own: tuple[LedgerLine, ...], path: str) -> Iterator[LedgerLine]:
        """A line for every entry that has none yet, in the order of the text."""
        redacted = [line for line in own if line.event == "redact"]
        days = {line.digest: line.day for line in own if line.event == "add"}
        known = {line.digest for line in began.lines}
        withheld: list[LedgerLine] = []
        found = self._changes(began, path)
        fresh = [c.after for c in found if c.after and c.kind is ChangeKind.UNSEALED]
        for entry in sorted(fresh, key=lambda entry: entry.block.start):
            line = _redaction_of(entry, redacted)
            digest = line.digest if line is not None else entry.digest
            if line is not None and digest not in known:
                withheld.append(line)
            yield LedgerLine("add", digest, days.get(digest, self.day), entry.section)
        yield from withheld

    def _move(self, change: EntryChange, ledger: Ledger) -> LedgerLine | None:
        """The line that says where an entry is now, if its text is in another record."""
        sealed = change.sealed
        if sealed is None or change.kind not in (ChangeKind.DROPPED, ChangeKind.EDITED):
            return None
        if sealed.moved_to is not None or is_cumulative(change.record, sealed.section):
            return None
        found = self._holder(sealed, ledger.record_id)
        if found is None:
            return None
        target, entry = found
        return LedgerLine("move", sealed.digest, self.day, sealed.section, target.id, entry.digest)

    def _holder(self, sealed: Sealed, record_id: str) -> tuple[Record, Entry] | None:
        """The record that has an entry's text, and doesn't merely repeat it."""
        if not self._places:
            for record in self.records.values():
                for entry in _all_entries(record):
                    self._places.setdefault(entry.text, []).append((record, entry))
        for text, held in self._places.items():
            if digest_of(record_id, sealed.section, text) == sealed.digest:
                return next((pair for pair in held if pair[0].id != record_id), None)
        return None


def _redaction_of(entry: Entry, redacted: Iterable[LedgerLine]) -> LedgerLine | None:
    digits = entry.tombstone_for
    if digits is None:
        return None
    return next((line for line in redacted if line.digest.startswith(digits)), None)


def _all_entries(record: Record) -> Iterator[Entry]:
    for name in append_only_sections(record):
        if not is_cumulative(record, name):
            yield from entries_of(record, name)
