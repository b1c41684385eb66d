"""Days and moments as records write them, and which of two comes first."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from govkb.queries.days import length_of

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def text_of(value: object) -> str:
    """What a field says, as text; empty where it says nothing, or has parts of its own."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def is_before(one: str, other: str) -> bool:
    """Whether one is earlier; moments of which one is only a day are compared as days."""
    moments = _moment(one), _moment(other)
    if moments[0] is not None and moments[1] is not None:
        return moments[0] < moments[1]
    days = day_of(one), day_of(other)
    return days[0] is not None and days[1] is not None and days[0] < days[1]


def is_within(length: str, start: str, end: str) -> bool:
    """Whether less than a length of time (`24h`, `14d`) lies between a moment and a later one.

    Of two of which one is only a day the days are compared.
    """
    least = length_of(length)
    days = day_of(start), day_of(end)
    if least is None or days[0] is None or days[1] is None:
        return False
    moments = _moment(start), _moment(end)
    if moments[0] is not None and moments[1] is not None:
        return moments[1] - moments[0] < least
    return days[1] - days[0] < timedelta(days=least.days)


def day_of(text: str) -> date | None:
    """The day of a day or moment, as it is written there; None where the text is neither."""
    found = _DAY.match(text)
    if found is None or (found[0] != text and _moment(text) is None):
        return None
    try:
        return date.fromisoformat(found[0])
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    """The moment that a text with time and offset names; None for a mere day."""
    if _DAY.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
