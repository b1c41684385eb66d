"""What a record says of its classifications, as the rules about them look at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from govkb.reading import Record
from govkb.record_types import Classification
from govkb.record_types.fields import Path
from govkb.rules.moments import day_of, text_of
from govkb.rules.status_history import Step, steps_of


class Filing(NamedTuple):
    """The moment since which there is something to look at, and what says so."""

    moment: str
    source: str


def classifications_of(record: Record) -> tuple[Classification, ...]:
    """The classifications that the record's type declares."""
    return record.type.classifications if record.type is not None else ()


def value_of(record: Record, of: Classification) -> str:
    """The present value under its own name; empty where there is none."""
    if of.field == "status":
        return record.status or ""
    defaults = record.type.defaults if record.type is not None else {}
    return canonical(record, of, text_of(record.effective.get(of.field, defaults.get(of.field))))


def canonical(record: Record, of: Classification, value: str) -> str:
    """A value under its own name; one that nobody knows stays as it is written."""
    if record.type is None:
        return value
    if of.field == "status":
        return record.type.statuses.canonical(value) or value
    return text_of(record.type.canonical_value(of.field, value))


def filing_of(record: Record, of: Classification) -> Filing | None:
    """When the record was filed: by the field that its type names, else by the day of its id."""
    moment = text_of(record.effective.get(of.filed)) if of.filed is not None else ""
    if day_of(moment) is not None:
        return Filing(moment, f"`{of.filed}`")
    return Filing(record.date, "the record's day") if record.date else None


def is_filing(record: Record, of: Classification, step: Step) -> bool:
    """Whether a step only tells in which status the record was filed, so that it is no change."""
    machine = record.type.statuses if record.type is not None else None
    if machine is None or machine.is_free or of.field != "status":
        return False
    return step.number == 0 and not step.start and machine.canonical(step.to) == machine.initial


def probe_of(step: Step) -> Any:
    """What a step says of its probe; None where that is nothing."""
    return step.said.get("probe") or None


def probed_at(record: Record, of: Classification) -> Iterator[str]:
    """When each probe was made, as it is written, oldest step first."""
    for step in steps_of(record, of.history):
        probe = probe_of(step)
        if isinstance(probe, dict) and day_of(text_of(probe.get("observed_at"))) is not None:
            yield text_of(probe.get("observed_at"))


def is_told(record: Record, path: Path) -> bool:
    """Whether the type's schema refuses what stands at a path, which is reported as such."""
    return any(fault.path[: len(path)] == path for fault in record.field_faults)
