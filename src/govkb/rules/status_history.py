"""The steps that a record tells of its status, or of another field that has a history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from govkb.reading import Record
from govkb.rules.moments import is_before, text_of

FIELD = "status_history"


class Step(NamedTuple):
    """One change of a field. `number` is its place in the list; `said` all that it says."""

    number: int
    at: str
    start: str
    to: str
    said: Mapping[str, Any]

    def is_before(self, other: Step) -> bool:
        """Whether it is earlier; moments of which one is only a day are compared as days."""
        return is_before(self.at, other.at)

    @property
    def shown(self) -> str:
        """The step as it is written."""
        return _shown(self.said)


def _shown(said: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{key}: {{{_shown(value)}}}" if isinstance(value, dict) else f"{key}: {value}"
        for key, value in said.items()
    )


def steps_of(record: Record, history: str = FIELD) -> tuple[Step, ...]:
    """The steps of a history; those that don't say when and whereto are left out."""
    written = record.metadata.get(history)
    entries = enumerate(written) if isinstance(written, list) else ()
    return tuple(
        Step(
            number,
            text_of(entry.get("at")),
            text_of(entry.get("from")),
            text_of(entry.get("to")),
            entry,
        )
        for number, entry in entries
        if isinstance(entry, dict) and text_of(entry.get("at")) and text_of(entry.get("to"))
    )
