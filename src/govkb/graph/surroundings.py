"""What the repository holds besides records, as far as references need to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol


class Surroundings(Protocol):
    """Answers about files and commits; paths are relative to the project root and use `/`."""

    def has(self, path: str) -> bool:
        """Whether this is a file or a folder of the project; nothing outside of it ever is."""

    def line_count(self, path: str) -> int | None:
        """How many lines a file has; None where it can't be read."""

    def unknown_commits(self, names: Iterable[str]) -> frozenset[str] | None:
        """Those of some (short) commit names that the repository doesn't have.

        None where that can't be said: without a repository, or with only a part of its history.
        """

    def files_of_commits(self, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """The paths that each of some commits changed; without those of which it can't be said."""


class Nothing:
    """Surroundings without any file or commit."""

    def has(self, path: str) -> bool:
        """Never."""
        return False

    def line_count(self, path: str) -> int | None:
        """Nothing can be read."""
        return None

    def unknown_commits(self, names: Iterable[str]) -> frozenset[str] | None:
        """It can't be said."""
        return None

    def files_of_commits(self, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """It can't be said."""
        return {}
