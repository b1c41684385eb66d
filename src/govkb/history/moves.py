"""Moves: the one way in which a sealed entry may leave a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from govkb.history.copies import may_be_repeated
from govkb.history.entries import Entry, digest_of, entries_among
from govkb.history.ledger import Ledger, LedgerLine, Sealed
from govkb.reading import Record

Records = Mapping[str, Record]
Ledgers = Mapping[str, Ledger]

# The ledger that a record had in the base, by its id; None where it had none.
Earlier = Callable[[str], Ledger | None]


def has_arrived(
    entry: Sealed | LedgerLine, ledger: Ledger, head: Records, ledgers: Ledgers
) -> bool:
    """Whether a moved entry is in the care of the ledger that it was moved to.

    While the text is there it must be the same; what later becomes of it, that ledger says.
    """
    return _resting_place(entry, ledger, head, ledgers) is not None


def was_moved(
    entry: Entry,
    sealed: Sealed | None,
    ledger: Ledger,
    head: Records,
    ledgers: Ledgers,
    earlier: Earlier,
) -> bool:
    """Whether an entry that a record of the base shows is in another record of the head now.

    `sealed` is what the `ledger` of its record says of it now. Its text must be there to be seen,
    or its tombstone, which can't be one that was there before; and what may well be said twice must
    have been added there since.
    """
    if sealed is None or sealed.moved_to is None:
        return False
    place = _resting_place(sealed, ledger, head, ledgers)
    if place is None:
        return False
    there, digest = place
    target, had = head.get(there.record_id), earlier(there.record_id) or Ledger(there.record_id)
    if may_be_repeated(entry) and _times_added(digest, there) <= _times_added(digest, had):
        return False
    redacted = _redacted(there) - _redacted(had)
    return any(
        shown.digest == digest
        or (digest in redacted and digest.startswith(shown.tombstone_for or "no digits"))
        for shown in (entries_among(target) if target is not None else ())
    )


def _times_added(digest: str, ledger: Ledger) -> int:
    return sum(line.event == "add" and line.digest == digest for line in ledger.lines)


def _redacted(ledger: Ledger) -> set[str]:
    return {line.digest for line in ledger.lines if line.event == "redact"}


def _resting_place(
    entry: Sealed | LedgerLine, ledger: Ledger, head: Records, ledgers: Ledgers
) -> tuple[Ledger, str] | None:
    """The ledger that has a moved entry in its care and the digest there, however often it moved.

    None where nobody has: also where each of two says that the other one has it.
    """
    first = entry, ledger
    # An entry may well come back, and go elsewhere from there.
    passed: set[tuple[str, str, str | None]] = set()
    while (step := (ledger.record_id, entry.digest, _target(entry))) not in passed:
        passed.add(step)
        if is_cumulative(head.get(ledger.record_id), entry.section):
            return None
        there = ledgers.get(_target(entry) or "")
        digest = entry.moved_as or ""
        if there is None or not _has_text_of(first, head.get(there.record_id), digest):
            return None
        lines = [line for line in there.lines if line.digest == digest]
        moves = [line for line in lines if line.event == "move"]
        if sum(line.event == "add" for line in lines) > len(moves):
            return there, digest
        if not moves:
            return None
        entry, ledger = moves[-1], there
    return None


def _target(entry: Sealed | LedgerLine) -> str | None:
    return entry.moved_to if isinstance(entry, Sealed) else entry.target


def _has_text_of(
    first: tuple[Sealed | LedgerLine, Ledger], target: Record | None, digest: str
) -> bool:
    """Whether what a record shows under a digest, if anything, has the text of a moved entry."""
    entry, ledger = first
    shown = entries_among(target) if target is not None else ()
    texts = {other.text for other in shown if other.digest == digest}
    return all(digest_of(ledger.record_id, entry.section, text) == entry.digest for text in texts)


def is_cumulative(record: Record | None, section: str) -> bool:
    """Whether a section repeats what earlier records have, so that nothing can leave it."""
    known = record.type.sections.get(section) if record and record.type else None
    return known is not None and known.cumulative
