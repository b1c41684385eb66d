"""What became of the append-only entries of records, found out when somebody wants to know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from govkb.history import (
    Answer,
    Copy,
    EntryChange,
    Ledger,
    answers_among,
    compare_with_base,
    compare_with_ledgers,
    copies_among,
    merged,
)
from govkb.knowledge_base import Before, EntryNews
from govkb.reading import Record
from govkb.workspace.collection import without_collection
from govkb.workspace.loading import Loaded


def entry_news(
    folder: str,
    records: Mapping[str, Record],
    before: Before | None,
    ledgers: Mapping[str, Ledger],
    loaded: Loaded,
) -> EntryNews:
    """The news of the entries of these records, whose ledgers are in a folder below the root."""
    changes = partial(_changes, folder, records, before, ledgers, loaded)
    if not ledgers:
        return EntryNews(changes)
    known = records, ledgers, loaded
    return EntryNews(changes, partial(_copies, *known), partial(_lost_answers, *known))


def _changes(
    folder: str,
    records: Mapping[str, Record],
    before: Before | None,
    ledgers: Mapping[str, Ledger],
    loaded: Loaded,
) -> tuple[EntryChange, ...]:
    """What became of entries since the base, and since they were sealed."""

    def earlier(record_id: str) -> Ledger | None:
        return before.ledger(record_id, ledgers, folder) if before else None

    return merged(
        compare_with_base(before.records, records, ledgers, earlier) if before else (),
        compare_with_ledgers(ledgers, records, lambda r: loaded.shown[r.path].digests, folder),
    )


def _copies(
    records: Mapping[str, Record], ledgers: Mapping[str, Ledger], loaded: Loaded
) -> tuple[Copy, ...]:
    contents = {path: shown.contents for path, shown in loaded.shown.items()}
    with without_collection():
        return tuple(copies_among(records.values(), ledgers, lambda r: contents[r.path]))


def _lost_answers(
    records: Mapping[str, Record], ledgers: Mapping[str, Ledger], loaded: Loaded
) -> tuple[Answer, ...]:
    """The answers to entries that no record shows and no ledger knows."""
    answering = [r for r in records.values() if loaded.shown[r.path].answers]
    if not answering:
        return ()
    known = {line.digest[:8] for ledger in ledgers.values() for line in ledger.lines}
    for shown in loaded.shown.values():
        for joined in shown.digests.values():
            known.update(joined[at : at + 4].hex() for at in range(0, len(joined), 32))
    return tuple(a for a in answers_among(answering) if a.digits[:8] not in known)
