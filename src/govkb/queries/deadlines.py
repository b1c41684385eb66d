"""The days that records set: for work, for another look, and the last ones on which they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from govkb.knowledge_base import KnowledgeBase
from govkb.queries.days import day_after, day_of
from govkb.reading import Record
from govkb.reading.items import Item, items_of, plain_name
from govkb.reading.waivers import is_settled, last_day_of, waivers_of
from govkb.record_types import Execution
from govkb.record_types.days import DaySource
from govkb.record_types.status_words import NO_LONGER_IN_FORCE

# What is called soon: within a month.
SOON = 30


class DeadlineKind(StrEnum):
    """What is asked for by a day: to have it done, to look at it again, or to do without it."""

    DUE = "due"
    REVIEW = "review"
    EXPIRES = "expires"


class Deadline(Struct, frozen=True):
    """A day that a record sets in one of its fields, or that one of its items does.

    Of an item `field` has the short name in front. A length of time stands behind what it is
    counted from: `last_reviewed + 90d`.
    """

    day: date
    record: Record
    field: str
    kind: DeadlineKind = DeadlineKind.DUE
    item: Item | None = None
    name: str = ""


def deadlines_of(base: KnowledgeBase) -> list[Deadline]:
    """Every day that still counts, the earliest first."""
    found = (deadline for r in base.records_by_id.values() for deadline in deadlines_in(r))
    return sorted(found, key=lambda deadline: (deadline.day, deadline.record.id, deadline.field))


def deadlines_in(record: Record) -> Iterator[Deadline]:
    """The days of one record that still count, in the fields that its type names for them.

    A record that is done need not be done by any day; those in force are looked at again, and
    expire.
    """
    if record.status not in NO_LONGER_IN_FORCE:
        yield from days_in(record)


def days_in(record: Record) -> Iterator[Deadline]:
    """The same as if the record were in force: what its page says of its items turns on them."""
    if record.type is None:
        return
    shown = record.type.presentation
    yield from _of_fields(record, DeadlineKind.DUE, () if record.is_done else shown.due)
    yield from _of_fields(record, DeadlineKind.REVIEW, shown.review)
    yield from _of_fields(record, DeadlineKind.EXPIRES, shown.expires)
    yield from _of_execution(record)
    yield from _of_items(record)
    yield from _of_waivers(record)


def _of_fields(
    record: Record, kind: DeadlineKind, sources: Iterable[DaySource]
) -> Iterator[Deadline]:
    for source in sources:
        found = _day(source, lambda name: _value(record, name), record.date or "")
        if found is not None:
            yield Deadline(found[0], record, found[1], kind, name=source.field)


def _value(record: Record, name: str) -> object:
    value = record.effective.get(name)
    return record.type.defaults.get(name) if value is None and record.type is not None else value


def _of_execution(record: Record) -> Iterator[Deadline]:
    """The day by which it has to be carried out, with the field that has it."""
    day, of = execution_day(record), record.type.execution if record.type is not None else None
    if day is not None and of is not None:
        own = of.by if of.by is not None and of.by in record.effective else None
        yield Deadline(day, record, own or of.field, name=own or of.field)


def execution_of(record: Record) -> tuple[Execution, str] | None:
    """What a record's type says of carrying it out, and how far that is; None where not asked."""
    of = record.type.execution if record.type is not None else None
    if of is None or record.type is None or record.status not in of.statuses:
        return None
    return of, str(record.type.canonical_value(of.field, record.effective.get(of.field)))


def execution_day(record: Record) -> date | None:
    """The day by which what a record says has to be carried out; None where it is, or has none."""
    of, state = execution_of(record) or (None, "")
    if of is None or state in of.done:
        return None
    day = day_of(record.effective.get(of.by)) if of.by is not None else None
    begun = day_of(record.date) if day is None and of.within is not None else None
    return begun + timedelta(days=of.within or 0) if begun is not None else day


def _of_items(record: Record) -> Iterator[Deadline]:
    """The days of open items, and the last ones of those that hold; what is waived has none."""
    kinds = record.type.items.values() if record.type is not None else ()
    for kind in kinds:
        is_due = bool(kind.due) and not record.is_done
        for item in items_of(record, kind.kind) if is_due or kind.expires else ():
            if is_due and not is_settled(item, record):
                yield from _of_item(record, item, DeadlineKind.DUE, kind.due)
            if item.state == kind.states[0]:
                yield from _of_item(record, item, DeadlineKind.EXPIRES, kind.expires)


def _of_item(
    record: Record, item: Item, kind: DeadlineKind, sources: Iterable[DaySource]
) -> Iterator[Deadline]:
    for source in sources:
        found = _day(source, item.value, "")
        if found is not None:
            heading = item.kind.heading(found[1])
            yield Deadline(found[0], record, f"{item.name}: {heading}", kind, item, source.field)


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
                    said = f"{item.name}: waived until"
                    yield Deadline(day, record, said, DeadlineKind.EXPIRES, item)


def _day(source: DaySource, value: Callable[[str], object], filed: str) -> tuple[date, str] | None:
    """The day that is meant, and what says it; counted from the filing where nothing else is said.

    None where nothing is said at all, or what is said is no day.
    """
    said = value(source.field)
    if not source.since:
        day = day_of(said)
        return (day, source.field) if day is not None else None
    start = next((name for name in source.since if value(name)), None)
    day = day_after(value(start) if start is not None else filed, said)
    return (day, f"{start or 'filed'} + {str(said).removeprefix('+')}") if day is not None else None


def has_expired(item: Item, record: Record, today: date) -> bool:
    """Whether the last day has passed on which an item holds; of one that was renewed it hasn't."""
    if not item.kind.expires or item.state != item.kind.states[0]:
        return False
    days = _of_item(record, item, DeadlineKind.EXPIRES, item.kind.expires)
    return bool(overdue(days, today))


def overdue(deadlines: Iterable[Deadline], today: date) -> list[Deadline]:
    """Those whose day has passed."""
    return [deadline for deadline in deadlines if deadline.day < today]


def soon(deadlines: Iterable[Deadline], today: date, within: int) -> list[Deadline]:
    """Those whose day is today or at most so many days ahead."""
    return [deadline for deadline in deadlines if 0 <= (deadline.day - today).days <= within]
