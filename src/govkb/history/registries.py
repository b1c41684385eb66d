"""What differs between two JSON registries, and which of it was to be expected."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from govkb.history.exact_json import Value, canonical

Place = tuple[str | int, ...]

# Whoever is that gets no work any more, and nothing else says so.
_UNAVAILABLE = '"unavailable"'


class RegistryChangeKind(StrEnum):
    """What became of a value."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    UNAVAILABLE = "unavailable"


class RegistryChange(Struct, frozen=True):
    """A value that differs; `old` and `new` are canonical JSON, None where there is no value."""

    kind: RegistryChangeKind
    place: Place
    old: str | None
    new: str | None


def registry_changes(
    old: Value, new: Value, at: tuple[str, ...] = (), only: frozenset[str] = frozenset()
) -> list[RegistryChange]:
    """Every difference that wasn't to be expected, by its place.

    The entries of these names in the object at `at` may be changed or added, not removed. What
    became unavailable is never to be expected.
    """
    changes = [_graded(change, len(at) + 1) for change in _differences(old, new, ())]
    return [change for change in changes if not _is_expected(change, at, only)]


def value_at(value: Value, at: tuple[str, ...]) -> Value:
    """The value at a place, None where there is none."""
    for key in at:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _differences(old: Value, new: Value, place: Place) -> Iterator[RegistryChange]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from _at_key(old, new, (*place, key), key in old, key in new)
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            yield from _at_key(old, new, (*place, index), index < len(old), index < len(new))
    elif canonical(old) != canonical(new):
        yield RegistryChange(RegistryChangeKind.CHANGED, place, canonical(old), canonical(new))


def _at_key(
    old: Value, new: Value, place: Place, was: bool, is_there: bool
) -> Iterator[RegistryChange]:
    key = place[-1]
    if was and is_there:
        yield from _differences(old[key], new[key], place)
    elif was:
        yield RegistryChange(RegistryChangeKind.REMOVED, place, canonical(old[key]), None)
    else:
        yield RegistryChange(RegistryChangeKind.ADDED, place, None, canonical(new[key]))


def _graded(change: RegistryChange, depth: int) -> RegistryChange:
    """The change, named for what it does where it makes an entry that was there unavailable."""
    is_new_entry = change.old is None and len(change.place) <= depth
    if is_new_entry or change.new is None or change.new.casefold() != _UNAVAILABLE:
        return change
    return RegistryChange(RegistryChangeKind.UNAVAILABLE, change.place, change.old, change.new)


def _is_expected(change: RegistryChange, at: tuple[str, ...], only: frozenset[str]) -> bool:
    depth = len(at)
    if change.kind is RegistryChangeKind.UNAVAILABLE or change.place[:depth] != at:
        return False
    if len(change.place) <= depth or change.place[depth] not in only:
        return False
    return change.kind is not RegistryChangeKind.REMOVED or len(change.place) > depth + 1
