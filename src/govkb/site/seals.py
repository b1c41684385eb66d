"""The sealed entries of a record, as its ledger knows them."""

from __future__ import annotations

from msgspec import Struct

from govkb.history import Sealed, name_of
from govkb.history.entries import WHOLE_BODY
from govkb.reading import Record
from govkb.site.viewpoint import RecordLink, Viewpoint


class SealedEntry(Struct, frozen=True):
    """A sealed entry by its short name. `moved` is the record that has it now, if another one."""

    name: str
    anchor: str
    section: str
    day: str
    is_redacted: bool
    moved: RecordLink | None


def sealed_entries(record: Record, view: Viewpoint) -> tuple[SealedEntry, ...]:
    """Every entry that the ledger of a record holds, in the order in which they were sealed."""
    ledger = view.base.ledgers.get(record.id)
    return tuple(_entry(sealed, view) for sealed in ledger.sealed()) if ledger else ()


def _entry(sealed: Sealed, view: Viewpoint) -> SealedEntry:
    name = name_of(sealed.digest)
    now = view.base.records_by_id.get(sealed.moved_to) if sealed.moved_to else None
    return SealedEntry(
        name=name,
        anchor=name.lower(),
        section="the whole record" if sealed.section == WHOLE_BODY else sealed.section,
        day=sealed.day,
        is_redacted=sealed.redacted,
        moved=view.link(now) if now is not None else None,
    )
