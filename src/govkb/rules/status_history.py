"""The steps that a record's `status_history` tells, as rules about statuses look at them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from govkb.reading import Record

FIELD = "status_history"

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Step(NamedTuple):
    """One change of the status. `number` is its place in the list; `said` all that it says."""

    number: int
    at: str
    start: str
    to: str
    said: Mapping[str, Any]

    def is_before(self, other: Step) -> bool:
        """Whether it is earlier; moments of which one is only a day are compared as days."""
        own, others = _moment(self.at), _moment(other.at)
        if own is not None and others is not None:
            return own < others
        days = _DAY.match(self.at), _DAY.match(other.at)
        return days[0] is not None and days[1] is not None and days[0][0] < days[1][0]

    @property
    def shown(self) -> str:
        """The step as it is written."""
        return ", ".join(f"{key}: {value}" for key, value in self.said.items())


def steps_of(record: Record) -> tuple[Step, ...]:
    """The steps of a record's history; those that say neither when nor whereto are left out."""
    written = record.metadata.get(FIELD)
    entries = enumerate(written) if isinstance(written, list) else ()
    return tuple(
        Step(number, _text(entry, "at"), _text(entry, "from"), _text(entry, "to"), entry)
        for number, entry in entries
        if isinstance(entry, dict) and _text(entry, "at") and _text(entry, "to")
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if isinstance(value, date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else ""


def _moment(text: str) -> datetime | None:
    """The moment that a text with time and offset names; None for a mere day."""
    if _DAY.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
