"""Which records wait for which, so that the one can't be done before the other."""

from __future__ import annotations

from govkb.reading import Record
from govkb.record_types import RelationType


def waiting_and_awaited(
    kind: RelationType, source: Record, target: Record
) -> tuple[Record, Record]:
    """The end of an edge that waits, and the one that it waits for."""
    return (source, target) if kind.waits == "source" else (target, source)


def is_open(record: Record) -> bool:
    """Whether something is still to be done with it; not where that can't be known."""
    if record.type is None or record.status is None:
        return False
    return bool(record.type.statuses.done) and not record.is_done
