"""What came of hiding findings; known only when all rules have spoken."""

from __future__ import annotations

from msgspec import Struct

from govkb.reading import ReadResult, Suppression


class UnusedSuppression(Struct, frozen=True):
    """A comment with those of its names that hid nothing."""

    result: ReadResult
    suppression: Suppression
    names: tuple[str, ...]


class Outcome(Struct, frozen=True):
    """Comments that hid nothing, and how many findings of the baseline at this path are gone."""

    unused: tuple[UnusedSuppression, ...] = ()
    baseline: str | None = None
    gone: int = 0
