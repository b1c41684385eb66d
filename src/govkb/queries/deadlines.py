"""The days that records set: by which they have to be done, or looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from govkb.knowledge_base import KnowledgeBase
from govkb.queries.days import day_of
from govkb.reading import Record
from govkb.reading.items import items_of, plain_name
from govkb.reading.waivers import is_settled, last_day_of, waivers_of
from govkb.record_types.status_words import NO_LONGER_IN_FORCE


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that a record sets in one of its fields, or that one of its items does.

    Of an item `field` has the short name in front.
    """

    day: date
    record: Record
    field: str


def deadlines_of(base: KnowledgeBase) -> list[Deadline]:
    """Every day that still counts, the earliest first."""
    found = (deadline for r in base.records_by_id.values() for deadline in deadlines_in(r))
    return sorted(found, key=lambda deadline: (deadline.day, deadline.record.id, deadline.field))


def deadlines_in(record: Record) -> Iterator[Deadline]:
    """The days of one record that still count, in the fields that its type names for them.

    A record that is done need not be done by any day; to be looked at again is for those in force.
    """
    if record.type is None or record.status in NO_LONGER_IN_FORCE:
        return
    shown = record.type.presentation
    for field in (*(() if record.is_done else shown.due), *shown.review):
        day = day_of(record.effective.get(field))
        if day is not None:
            yield Deadline(day, record, field)
    if not record.is_done:
        yield from _of_items(record)
    yield from _of_waivers(record)


def _of_items(record: Record) -> Iterator[Deadline]:
    """The days of open items; what is waived has none."""
    kinds = record.type.items.values() if record.type is not None else ()
    for kind in (kind for kind in kinds if kind.due):
        for item in items_of(record, kind.kind):
            for name in kind.due if not is_settled(item, record) else ():
                day = day_of(item.value(name))
                if day is not None:
                    yield Deadline(day, record, f"{item.name}: {kind.heading(name)}")


def _of_waivers(record: Record) -> Iterator[Deadline]:
    """The last days of the waivers that something still rests on."""
    kinds = record.type.items.values() if record.type is not None else ()
    for kind in (kind for kind in kinds if kind.waivers and record.metadata.get(kind.waivers)):
        assert kind.waivers is not None
        waivers = waivers_of(record, kind)
        for item in items_of(record, kind.kind):
            number = waivers.get(plain_name(item.name))
            if item.is_open and number is not None:
                day = day_of(last_day_of(record.metadata[kind.waivers][number]))
                if day is not None:
                    yield Deadline(day, record, f"{item.name}: waived until")


def overdue(deadlines: Iterable[Deadline], today: date) -> list[Deadline]:
    """Those whose day has passed."""
    return [deadline for deadline in deadlines if deadline.day < today]


def soon(deadlines: Iterable[Deadline], today: date, within: int) -> list[Deadline]:
    """Those whose day is today or at most so many days ahead."""
    return [deadline for deadline in deadlines if 0 <= (deadline.day - today).days <= within]
