"""Where files come from: the disk, or a revision in git. Paths are below the project, with `/`."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from govkb.workspace.folders import unreadable_folder

# Larger ones are taken from the system and given back each time.
_CHUNK = 1 << 16

# The number of a file's place on disk, its size, and when it was changed.
Stamp = tuple[int, int, int, int]


class TreeFile(Struct, frozen=True):
    """A file as listed. Two equal stamps mean that it is unchanged; None says nothing."""

    path: str
    is_link: bool = False
    stamp: Stamp | None = None
    leads_to_folder: bool = False


class Tree(Protocol):
    """A set of files that can be listed and read."""

    def files(self, folder: str, enters: Callable[[str], bool]) -> list[TreeFile]:
        """All files below a folder, sorted; folders that `enters` refuses are left out."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError where they can't be had."""


class DiskTree(Struct, frozen=True, dict=True):
    """The files as they are on disk now."""

    root: Path

    def files(self, folder: str, enters: Callable[[str], bool]) -> list[TreeFile]:
        """See Tree. Raises StorageError where a folder can't be read."""
        start = self.root / folder
        if not start.is_dir():
            return []
        prefix = "" if folder == "." else f"{folder}/"
        try:
            found = list(_listed(str(start), prefix, enters))
        except OSError as error:
            raise unreadable_folder(Path(error.filename), self.root, error.strerror) from error
        found.sort(key=lambda file: file.path)
        return found

    def read(self, path: str) -> bytes:
        """See Tree."""
        return _read_bytes(f"{self._root}/{path}")

    @cached_property
    def _root(self) -> str:
        return str(self.root)


class GitTree(Struct, frozen=True):
    """The files of a commit, as git stores them; of `others` only the names are known.

    `links` says of each symbolic link what it leads to.
    """

    contents: Mapping[str, bytes] = {}
    others: tuple[str, ...] = ()
    links: Mapping[str, str] = {}

    def files(self, folder: str, enters: Callable[[str], bool]) -> list[TreeFile]:
        """See Tree."""
        prefix = "" if folder == "." else f"{folder}/"
        paths = (*self.contents, *self.others, *self.links)
        inside = (path for path in paths if path.startswith(prefix))
        return [self._listed(p) for p in sorted(inside) if _is_entered(p, prefix, enters)]

    def _listed(self, path: str) -> TreeFile:
        if path not in self.links:
            return TreeFile(path)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), self.links[path]))
        names = (*self.contents, *self.others)
        leads_to_folder = any(name.startswith(f"{target}/") for name in names)
        return TreeFile(path, is_link=True, leads_to_folder=leads_to_folder)

    def read(self, path: str) -> bytes:
        """See Tree."""
        return self.contents[path]


class EditedTree(Struct, frozen=True):
    """A tree in which some files have other bytes, are new, or (with None) are gone."""

    tree: Tree
    edited: Mapping[str, bytes | None]

    def files(self, folder: str, enters: Callable[[str], bool]) -> list[TreeFile]:
        """See Tree."""
        found = {f.path: f for f in self.tree.files(folder, enters)}
        prefix = "" if folder == "." else f"{folder}/"
        for path, data in self.edited.items():
            if data is None:
                found.pop(path, None)
            elif path in found:
                found[path] = TreeFile(path, found[path].is_link)
            elif path.startswith(prefix) and _is_entered(path, prefix, enters):
                found[path] = TreeFile(path)
        return [found[path] for path in sorted(found)]

    def read(self, path: str) -> bytes:
        """See Tree."""
        data = self.edited.get(path)
        return data if data is not None else self.tree.read(path)


def _listed(folder: str, prefix: str, enters: Callable[[str], bool]) -> Iterator[TreeFile]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                if enters(path):
                    yield from _listed(entry.path, f"{path}/", enters)
            elif entry.is_symlink():
                yield TreeFile(path, is_link=True, leads_to_folder=entry.is_dir())
            else:
                status = entry.stat(follow_symlinks=False)
                changed = (status.st_mtime_ns, status.st_ctime_ns)
                yield TreeFile(path, stamp=(status.st_ino, status.st_size, *changed))


def _is_entered(path: str, prefix: str, enters: Callable[[str], bool]) -> bool:
    folders = path[len(prefix) :].split("/")[:-1]
    return all(enters(prefix + "/".join(folders[: n + 1])) for n in range(len(folders)))


def _read_bytes(path: str) -> bytes:
    """The bytes of a file; half as long as with a file object, which counts for ten thousand."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(descriptor, _CHUNK)
        if len(data) < _CHUNK:
            return data
        pieces = [data]
        while piece := os.read(descriptor, _CHUNK):
            pieces.append(piece)
        return b"".join(pieces)
    finally:
        os.close(descriptor)
