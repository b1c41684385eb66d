"""Days, moments and lengths of time that records name."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from govkb.reading import Record

_LENGTH = re.compile(r"\+?(?P<number>[0-9]{1,5})[ ]?(?P<unit>[hdw])", re.ASCII)
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def moment_of(value: object) -> date | None:
    """A date, or a datetime where the text has a time; None where the value is neither."""
    text = str(value) if isinstance(value, str | date) else ""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def day_of(value: object) -> date | None:
    """The day of a day or moment, as it is written there."""
    moment = moment_of(value)
    return moment.date() if isinstance(moment, datetime) else moment


def day_filed(record: Record) -> str | None:
    """The day that a record is filed under; without one, that on which it was seen or opened."""
    said = (record.metadata.get(name) for name in ("detected", "opened"))
    texts = (value.strip()[:10] for value in said if isinstance(value, str))
    return record.date or next(filter(None, texts), None)


def length_of(value: object) -> timedelta | None:
    """A length of time such as `24h`, `+14d` or `2 weeks`; None where the value is none."""
    found = _LENGTH.match(value) if isinstance(value, str) else None
    return timedelta(**{_UNITS[found["unit"]]: int(found["number"])}) if found else None


def day_after(value: object, length: object) -> date | None:
    """The day so long after a day or moment; None where one of them is neither."""
    moment, wait = moment_of(value), length_of(length)
    if moment is None or wait is None:
        return None
    try:
        return day_of(moment + wait)
    except OverflowError:
        return None
