"""What records are asked for: by type, status, day, and the value of any field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from govkb.errors import UsageError
from govkb.queries.values import rank_of, refuse_unknown_fields, texts_of, value_of
from govkb.reading import Record
from govkb.record_types import TypeCatalogue
from govkb.record_types.likeness import did_you_mean

_CONDITION = re.compile(r"(?P<field>[\w.-]+?)\s*(?P<sign>!=|<=|>=|=|<|>|~)\s*(?P<value>.*)", re.S)
_HOW = "write FIELD=VALUE, or != < <= > >= ~ (contains) in the place of ="


class Condition(Struct, frozen=True):
    """What the values of a field must be like. Letter case doesn't matter.

    With an empty `value`, `=` means that there is none and `!=` that there is one.
    """

    field: str
    sign: str
    value: str

    def holds(self, record: Record) -> bool:
        """Whether it is so of a record; of a list it is enough that one item fits."""
        texts = [text.casefold() for text in texts_of(record, self.field)]
        wanted = self._wanted(record).casefold()
        if self.sign in ("=", "!="):
            return (wanted in texts if wanted else not texts) == (self.sign == "=")
        return any(_SIGNS[self.sign](*_comparable(text, wanted)) for text in texts)

    def _wanted(self, record: Record) -> str:
        """The value under the name that it goes by in records of this type."""
        if record.type is None:
            return self.value
        if self.field == "status":
            return record.type.statuses.canonical(self.value) or self.value
        return str(record.type.canonical_value(self.field, self.value))


class Filter(Struct, frozen=True):
    """All that must hold of a record; what is empty asks for nothing."""

    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    is_open: bool = False
    since: date | None = None

    def of(self, records: Iterable[Record], catalogue: TypeCatalogue) -> list[Record]:
        """The records of which all of it holds, in the order given.

        Raises UsageError for a type, a status or a field that there isn't.
        """
        records = list(records)
        types = {_known_type(name, catalogue) for name in self.types}
        _refuse_unknown_statuses(self.statuses, types, catalogue)
        refuse_unknown_fields((c.field for c in self.conditions), records, catalogue)
        return [record for record in records if self._holds(record, types)]

    def _holds(self, record: Record, types: set[str]) -> bool:
        if types and (record.type is None or record.type.name not in types):
            return False
        if self.is_open and (record.type is None or record.is_done or not record.status):
            return False
        if self.since is not None:
            day = value_of(record, "date")
            if day is None or day < self.since.isoformat():
                return False
        if self.statuses and not any(_has_status(record, name) for name in self.statuses):
            return False
        return all(condition.holds(record) for condition in self.conditions)


def condition_of(text: str) -> Condition:
    """A condition as it is written, such as `owner=platform` or `date>=2026-04-01`.

    Raises UsageError where it is none.
    """
    found = _CONDITION.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"{text!r} is no condition", _HOW)
    return Condition(found["field"], found["sign"], found["value"])


def in_order(
    records: Iterable[Record], field: str | None, catalogue: TypeCatalogue
) -> list[Record]:
    """Records in the order of a field, with `-` before it from the last to the first.

    Values of a vocabulary keep its order, those without one come last, and ids decide between
    equals. Without a field it is the order of the site: by type, then by id. Raises UsageError for
    a field that there isn't.
    """
    by_id = sorted(records, key=lambda record: (record.id, record.path))
    if field is None:
        return sorted(by_id, key=_place_of_type)
    name = field.removeprefix("-")
    refuse_unknown_fields([name], by_id, catalogue)
    with_value = [record for record in by_id if value_of(record, name) is not None]
    without = [record for record in by_id if value_of(record, name) is None]
    with_value.sort(key=lambda r: _sort_key(r, name), reverse=field.startswith("-"))
    return with_value + without


def _place_of_type(record: Record) -> tuple[int, str]:
    of = record.type
    return (of.presentation.place, of.name) if of is not None else (1 << 30, "")


def _sort_key(record: Record, field: str) -> tuple[int, float, str]:
    """Numbers and places in a vocabulary first, then texts."""
    value = value_of(record, field)
    rank = rank_of(record.type, field, value)
    if rank is not None:
        return 0, rank, ""
    if isinstance(value, int | float):
        return 0, value, ""
    return 1, 0, ", ".join(texts_of(record, field)).casefold()


def _known_type(name: str, catalogue: TypeCatalogue) -> str:
    found = catalogue.types.get(name) or catalogue.type_of(name, "", None)
    if found is None:
        raise UsageError(f"no type is called {name!r}", did_you_mean(name, catalogue.names))
    return found.name


def _refuse_unknown_statuses(
    statuses: Iterable[str], types: set[str], catalogue: TypeCatalogue
) -> None:
    """Raises UsageError for a status that no type has; types whose statuses are free have all."""
    asked = [t for name, t in catalogue.types.items() if not types or name in types]
    if any(t.statuses.is_free for t in asked):
        return
    known = sorted({name for t in asked for name in t.statuses.names})
    for status in statuses:
        if not any(t.statuses.canonical(status) for t in asked):
            raise UsageError(f"no type has a status {status!r}", did_you_mean(status, known))


def _has_status(record: Record, status: str) -> bool:
    machine = record.type.statuses if record.type is not None else None
    return machine is not None and record.status == (machine.canonical(status) or status)


def _comparable(text: str, wanted: str) -> tuple[float, float] | tuple[str, str]:
    """Both as numbers where both are; days and moments are in order as texts."""
    try:
        return float(text), float(wanted)
    except ValueError:
        return text, wanted


_SIGNS: dict[str, Callable[..., bool]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "~": lambda one, other: str(other) in str(one),
}
