"""Where a record says by which day something is due, or wants another look, or holds no longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct


class DaySource(Struct, frozen=True):
    """The value with a day or moment; with `since` it has a length of time.

    That is counted from the first of the values `since` that says something.
    """

    field: str
    since: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every value that it needs."""
        return (self.field, *self.since)


def read_days(data: Iterable[Any]) -> tuple[DaySource, ...]:
    """What a declaration lists: names of values, or lengths `after` which something is due."""
    return tuple(_read(said) for said in data)


def _read(said: str | Mapping[str, Any]) -> DaySource:
    if isinstance(said, str):
        return DaySource(said)
    since = said["since"]
    return DaySource(said["after"], (since,) if isinstance(since, str) else tuple(since))


def names_in(sources: Iterable[DaySource]) -> Iterator[str]:
    """Every value that some of these need."""
    for source in sources:
        yield from source.names
