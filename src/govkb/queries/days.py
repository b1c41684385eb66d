"""Days and moments that records name."""

from __future__ import annotations

from datetime import date, datetime

from govkb.reading import Record


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
