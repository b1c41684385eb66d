"""Notes what is asked for while something is made, so that it can be kept until that changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[set[str]]:
    """Collects the names of what is asked for in the block."""
    names: set[str] = set()
    token = _noted.set(names)
    try:
        yield names
    finally:
        _noted.reset(token)


def note(name: str) -> None:
    """Says that something was asked for, which matters where somebody collects it."""
    noted = _noted.get()
    if noted is not None:
        noted.add(name)
