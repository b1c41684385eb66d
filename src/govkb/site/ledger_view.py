"""The ledger's page: what is sealed, what the site publishes of it, and how to verify that."""

from __future__ import annotations

import base64
import posixpath
from collections import Counter

from msgspec import Struct

from govkb.history import Ledger
from govkb.history.log import Checkpoint
from govkb.site.cuts import Cut, cut
from govkb.site.published import CHECKPOINT, LOG
from govkb.site.viewpoint import RecordLink, Viewpoint

_MOST = 500


class LedgerRow(Struct, frozen=True):
    """One record's ledger; `link` is None where the record is gone."""

    record_id: str
    link: RecordLink | None
    sealed: int
    redacted: int
    moved: int
    first: str
    last: str


class LedgerPage(Struct, frozen=True):
    """All ledgers. `size` and `root` are the checkpoint's, of which there is none without a log."""

    origin: str | None
    size: int | None
    root: str | None
    sealed: int
    redacted: int
    moved: int
    last: str
    rows: Cut[LedgerRow]
    log_href: str
    checkpoint_href: str


def ledger_page(view: Viewpoint, checkpoint: Checkpoint | None) -> LedgerPage:
    """The page of the ledgers, those that were written in last first."""
    ledgers = [ledger for ledger in view.base.ledgers.values() if ledger.lines]
    ledgers.sort(key=lambda ledger: ledger.record_id)
    ledgers.sort(key=_last_day, reverse=True)
    events = Counter(line.event for ledger in ledgers for line in ledger.lines)
    return LedgerPage(
        origin=checkpoint.origin if checkpoint else None,
        size=checkpoint.size if checkpoint else None,
        root=base64.b64encode(checkpoint.root).decode() if checkpoint else None,
        sealed=events["add"],
        redacted=events["redact"],
        moved=events["move"],
        last=_last_day(ledgers[0]) if ledgers else "",
        rows=cut(ledgers, _MOST, lambda ledger: _row(ledger, view)),
        log_href=_file(view, LOG),
        checkpoint_href=_file(view, CHECKPOINT),
    )


def _row(ledger: Ledger, view: Viewpoint) -> LedgerRow:
    record = view.base.records_by_id.get(ledger.record_id)
    events = Counter(line.event for line in ledger.lines)
    return LedgerRow(
        record_id=ledger.record_id,
        link=view.link(record) if record is not None else None,
        sealed=events["add"],
        redacted=events["redact"],
        moved=events["move"],
        first=min(line.day for line in ledger.lines),
        last=_last_day(ledger),
    )


def _last_day(ledger: Ledger) -> str:
    return max(line.day for line in ledger.lines)


def _file(view: Viewpoint, path: str) -> str:
    """The link to a file of the site that is no page."""
    addresses, here = view.linker.addresses, view.linker.here
    folder = addresses.of(here) if addresses.directories else posixpath.dirname(addresses.of(here))
    return posixpath.relpath(path, folder or ".")
