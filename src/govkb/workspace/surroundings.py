"""The files and commits around the records, for references that lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from govkb.errors import CannotVerifyError
from govkb.history import Repository, open_repository

_LONGEST_PATH = 1000
_CHUNK = 1 << 20


class DiskSurroundings:
    """The project on disk. Each path is asked for once, and none outside of the root."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, bool] = {}
        self._commits: dict[str, frozenset[str]] = {}

    def has(self, path: str) -> bool:
        """Whether this is a file or a folder of the project."""
        if path not in self._known:
            self._known[path] = _is_inside(path) and _exists(self._root / path)
        return self._known[path]

    def line_count(self, path: str) -> int | None:
        """How many lines a file has; None where it is none or can't be read."""
        if not _is_inside(path):
            return None
        try:
            with (self._root / path).open("rb") as stream:
                return _lines_in(iter(lambda: stream.read(_CHUNK), b""))
        except OSError:
            return None

    def unknown_commits(self, names: Iterable[str]) -> frozenset[str] | None:
        """Those that the repository doesn't have; None without one or its whole history."""
        try:
            return open_repository(self._root).unknown_commits(names)
        except CannotVerifyError:
            return None

    def files_of_commits(self, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """The paths that each of some commits changed. Each is asked for once."""
        asked = [name for name in names if name not in self._commits]
        if asked:
            try:
                self._commits |= open_repository(self._root).files_of_commits(asked)
            except CannotVerifyError:
                return {}
        return self._commits


class GitSurroundings:
    """The project as it was in a commit."""

    def __init__(self, repository: Repository, commit: str) -> None:
        self._repository = repository
        self._commit = commit

    @cached_property
    def _paths(self) -> frozenset[str]:
        """Every file of the commit, and every folder."""
        found: set[str] = set()
        for path in self._repository.names(self._commit):
            while path and path not in found:
                found.add(path)
                path = path.rpartition("/")[0]
        return frozenset(found)

    def has(self, path: str) -> bool:
        """Whether this was a file or a folder of the project."""
        return path.rstrip("/") in self._paths

    def line_count(self, path: str) -> int | None:
        """How many lines a file had; None where it was none."""
        if path not in self._repository.files(self._commit, path):
            return None
        return _lines_in(self._repository.read(self._commit, [path]).values())

    def unknown_commits(self, names: Iterable[str]) -> frozenset[str] | None:
        """Those that the repository doesn't have; None without its whole history."""
        return self._repository.unknown_commits(names)

    def files_of_commits(self, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """The paths that each of some commits changed."""
        return self._repository.files_of_commits(names)


def _is_inside(path: str) -> bool:
    if "\0" in path or len(path) > _LONGEST_PATH or path.startswith("/"):
        return False
    return ".." not in path.split("/")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that no file system could hold
        return False


def _lines_in(chunks: Iterable[bytes]) -> int:
    """Lines as editors count them: the last one needs no line end."""
    count = 0
    last = b"\n"
    for chunk in chunks:
        count += chunk.count(b"\n")
        last = chunk
    return count + (not last.endswith(b"\n"))
