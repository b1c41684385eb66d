"""Statuses, severities and other classifications that went from one value to another."""

from __future__ import annotations

from collections.abc import Iterator

from govkb.reading import Record
from govkb.record_types import Classification
from govkb.review.views import Move, named
from govkb.rules.classifications import classifications_of, value_of
from govkb.rules.status_history import FIELD, Step, steps_of

_JUDGED = "severity"


def moves_of(before: Record, after: Record) -> Iterator[Move]:
    """Each such field whose value differs, or that somebody has looked at again."""
    for of, is_declared in _fields(before, after):
        then, now = value_of(before, of), value_of(after, of)
        steps = _new_steps(before, after, of.history)
        if then != now or any(step.said.get("probe") for step in steps):
            said = tuple(step.said for step in steps)
            yield Move(named(after), of.field, then, now, said, is_declared)


def _fields(before: Record, after: Record) -> Iterator[tuple[Classification, bool]]:
    """The fields to look at, each with whether its type demands that changes are told of."""
    declared = {of.field: of for record in (before, after) for of in classifications_of(record)}
    if "status" not in declared:
        yield Classification("status", FIELD), False
    for of in declared.values():
        yield of, True
    if _JUDGED not in declared:
        yield Classification(_JUDGED, f"{_JUDGED}_history"), False


def _new_steps(before: Record, after: Record, history: str) -> list[Step]:
    known = [step.said for step in steps_of(before, history)]
    return [step for step in steps_of(after, history) if step.said not in known]
