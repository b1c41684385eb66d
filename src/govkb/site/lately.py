"""What changed lately, as far as the records tell it themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from govkb.queries.days import day_filed, day_of
from govkb.reading import Record
from govkb.record_types import RecordType
from govkb.site.facts import in_words
from govkb.site.viewpoint import RecordLink, Viewpoint

_SHOWN = 8
_STATUS_HISTORY = "status_history"


class Happening(Struct, frozen=True):
    """What happened to a record on a day."""

    day: str
    link: RecordLink
    what: str


def lately(view: Viewpoint) -> tuple[Happening, ...]:
    """The newest changes up to today, those of one record and day together."""
    today = view.base.today.isoformat()
    records = view.base.records_by_id
    ends = {name: tuple(_ends(found)) for name, found in view.base.catalogue.types.items()}
    found = [
        (day, record.id, what)
        for record in records.values()
        for day, what in _happenings(record, ends[record.type.name] if record.type else ())
        if day <= today
    ]
    # The ids stand in order within a day, and what happened in that of the record's fields.
    found.sort(key=lambda happening: happening[1])
    found.sort(key=lambda happening: happening[0], reverse=True)
    grouped = groupby(found, key=lambda happening: happening[:2])
    shown = []
    for (day, record_id), group in grouped:
        what = "; ".join(dict.fromkeys(words for _, _, words in group))
        link = view.link(records[record_id])
        shown.append(Happening(day, link, what))
        if len(shown) == _SHOWN:
            break
    return tuple(shown)


def _ends(record_type: RecordType) -> Iterator[tuple[str, str]]:
    """The fields with the day on which something ended, and what is said of it."""
    starts = {figure.start for figure in record_type.derived}
    for field in dict.fromkeys(figure.end for figure in record_type.derived):
        if field not in starts:
            yield field, in_words(field).lower()


def _happenings(record: Record, ends: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    filed = _day(day_filed(record))
    if filed:
        yield filed, "filed"
    if record.type is None:
        return
    for field, what in ends:
        day = _day(record.metadata.get(field))
        if day:
            yield day, what
    yield from _steps(record, "status", _STATUS_HISTORY)
    for of in record.type.classifications:
        yield from _steps(record, of.field, of.history)


def _steps(record: Record, field: str, history: str) -> Iterator[tuple[str, str]]:
    steps = record.metadata.get(history)
    for step in steps if isinstance(steps, list) else ():
        day = _day(step.get("at")) if isinstance(step, dict) else ""
        if day and step.get("to"):
            start = f" from {step['from']}" if step.get("from") else ""
            yield day, f"{in_words(field).lower()}{start} to {step['to']}"


def _day(value: object) -> str:
    day = day_of(value)
    return day.isoformat() if day is not None else ""
