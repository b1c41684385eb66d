"""How far long work has come: whoever does it says so, and never knows who listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

# Called with a step in words, how much of it is done, and of how much; None where nobody knows.
# Only the process that was started says so, never its workers.
Progress = Callable[[str, int, int | None], None]
# Shows progress for as long as its context lasts.
Display = Callable[[], AbstractContextManager[Progress]]


def silent(step: str, done: int, of: int | None) -> None:
    """Shows nothing."""


@contextmanager
def no_display() -> Iterator[Progress]:
    """A display that shows nothing."""
    yield silent
