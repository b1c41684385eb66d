"""Lists that are cut where a page would grow with the number of records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

Found = TypeVar("Found")
Shown = TypeVar("Shown")


class Cut(Struct, Generic[Shown], frozen=True):
    """The first of a list, and how many there are in all."""

    shown: tuple[Shown, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.shown)


def cut(found: Sequence[Found], most: int, show: Callable[[Found], Shown]) -> Cut[Shown]:
    """The first `most` of what was found, as a page shows them."""
    return Cut(tuple(map(show, found[:most])), len(found))
