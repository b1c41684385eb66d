"""Durations between two moments, in words. They are computed for readers and never stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from govkb.counting import counted
from govkb.queries.days import day_of, moment_of
from govkb.reading import Record
from govkb.record_types import DerivedFigure

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def derived_lengths(record: Record) -> list[tuple[DerivedFigure, timedelta | int]]:
    """Every figure whose two ends are known, as a duration, or as whole days between mere dates."""
    figures = record.type.derived if record.type else ()
    ends = [(f, record.metadata.get(f.start), record.metadata.get(f.end)) for f in figures]
    lengths = [(figure, _length(start, end)) for figure, start, end in ends]
    return [(figure, length) for figure, length in lengths if length is not None]


def derived_figures(record: Record) -> list[tuple[str, str]]:
    """The label and the value of every figure whose two ends are known."""
    figures = record.type.derived if record.type else ()
    values = [(figure.label, _figure(record, figure)) for figure in figures]
    return [(label, value) for label, value in values if value is not None]


def _figure(record: Record, figure: DerivedFigure) -> str | None:
    return between(record.metadata.get(figure.start), record.metadata.get(figure.end))


def between(start: object, end: object) -> str | None:
    """The time from one moment to another; None where one is unknown or they are in disorder.

    Where one of them is a mere date, whole days are all that can be said.
    """
    length = _length(start, end)
    if isinstance(length, timedelta):
        return _in_words(length)
    if length is None:
        return None
    return counted(length, "day") if length else "within a day"


def _length(start: object, end: object) -> timedelta | int | None:
    first, last = moment_of(start), moment_of(end)
    days = day_of(start), day_of(end)
    if first is None or last is None or days[0] is None or days[1] is None:
        return None
    if isinstance(first, datetime) and isinstance(last, datetime):
        if (first.tzinfo is None) != (last.tzinfo is None):
            return None
        return last - first if last >= first else None
    count = (days[1] - days[0]).days
    return count if count >= 0 else None


def _in_words(duration: timedelta) -> str:
    seconds = int(duration.total_seconds())
    if seconds >= 2 * _DAY:
        return counted(seconds // _DAY, "day")
    if seconds >= _HOUR:
        minutes = seconds % _HOUR // _MINUTE
        return f"{seconds // _HOUR} h {minutes} min" if minutes else f"{seconds // _HOUR} h"
    return f"{seconds // _MINUTE} min" if seconds >= _MINUTE else f"{seconds} s"
