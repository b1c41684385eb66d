"""What came of hiding findings; known only when all rules have spoken."""

from __future__ import annotations

from dataclasses import dataclass

from govkb.reading import ReadResult, Suppression


@dataclass(frozen=True, slots=True)
class UnusedSuppression:
    """A comment with those of its names that hid nothing."""

    result: ReadResult
    suppression: Suppression
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Comments that hid nothing, and how many findings of the baseline at this path are gone."""

    unused: tuple[UnusedSuppression, ...] = ()
    baseline: str | None = None
    gone: int = 0
