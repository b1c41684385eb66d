"""Record pages kept from one build to the next, with the digests of what they depend on.

A page is a file of the cache, and the site gets a second name for it where both are on one disk.
Files of the cache are only ever replaced, never written to, so an older site keeps what it has.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

from govkb.kept import keep, load_kept
from govkb.reading import Record
from govkb.site.dependencies import Dependencies, Named
from govkb.site.markdown_writer import Words

_INDEX = "pages.msgpack"


class KeptPage(msgspec.Struct, array_like=True, frozen=True):
    """A page that was made: what it depended on, and the file that it is in.

    `shown` are the ids of the records whose texts have a part in it, `names` those that its text
    says beside its relations; `stamp` is the size and the time of the file in nanoseconds, by which
    one sees that nobody else has written to it.
    """

    digest: bytes
    shown: tuple[str, ...]
    names: tuple[Named, ...]
    stamp: tuple[int, int]
    title: str
    words: tuple[Words, ...]


class _Index(msgspec.Struct, array_like=True, frozen=True):
    """The kept pages by uri, and what they were made from: what was around, and texts by id."""

    around: bytes = b""
    texts: dict[str, bytes] = {}
    pages: dict[str, KeptPage] = {}


class KeptPages:
    """The pages of one project in one form of site; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._uris: frozenset[str] = frozenset()
        self._is_complete = False

    def unchanged(
        self, records: Mapping[str, Record], depends: Dependencies
    ) -> dict[str, KeptPage]:
        """Those of the pages of these records that are kept and would be made the same again."""
        index = (self.folder and load_kept(self.folder / _INDEX, _Index)) or _Index()
        self._uris = frozenset(index.pages)
        found = {uri: kept for uri, kept in index.pages.items() if uri in records}
        changed = set(depends.texts)
        if index.around == depends.around:
            changed = {i for i, digest in depends.texts.items() if index.texts.get(i) != digest}
            same = {uri: kept for uri, kept in found.items() if changed.isdisjoint(kept.shown)}
        else:
            same = {u: k for u, k in found.items() if k.digest == depends.of(records[u], k.names)}
        there = {uri: kept for uri, kept in same.items() if self._is_there(uri, kept)}
        self._is_complete = not changed and there.keys() == records.keys() == self._uris
        return there

    def file(self, uri: str) -> str | None:
        """Where the page of this uri is kept."""
        return _file_in(self.folder, uri) if self.folder is not None else None

    def _is_there(self, uri: str, page: KeptPage) -> bool:
        """Whether the file is as it was left."""
        file = self.file(uri)
        return file is not None and stamp_of(file) == page.stamp

    def keep(self, pages: Mapping[str, KeptPage], depends: Dependencies) -> None:
        """Keeps these for the next build, and no others."""
        if self.folder is None or self._is_complete:
            return
        for uri in self._uris - pages.keys():
            # What can't be removed is overwritten when a page of this uri is made.
            with contextlib.suppress(OSError):
                Path(_file_in(self.folder, uri)).unlink()
        keep(self.folder / _INDEX, _Index(depends.around, depends.texts, dict(pages)))


def _file_in(folder: Path, uri: str) -> str:
    name = hashlib.sha256(uri.encode()).hexdigest()
    return f"{folder}/{name[:2]}/{name[2:34]}.html"


def stamp_of(file: str) -> tuple[int, int] | None:
    """The size of a file and when it was written; None where it isn't there."""
    try:
        status = os.stat(file)  # noqa: PTH116
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def permissions() -> bytes:
    """What files that are made now may be read by: a page under a second name keeps what it had."""
    mask = os.umask(0o077)
    os.umask(mask)
    return b"umask %o" % mask


def place(kept: str, target: str) -> None:
    """Puts a kept page into a site: as a second name where that can be, else as a copy."""
    try:
        if _is_placed(kept, target):
            return
        Path(target).unlink()
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(kept, target)
    except OSError:
        shutil.copyfile(kept, target)


def _is_placed(kept: str, target: str) -> bool:
    here, there = os.stat(kept), os.stat(target)  # noqa: PTH116
    if here.st_dev == there.st_dev:
        return os.path.samestat(here, there)
    # Only a copy can be on another disk.
    return here.st_size == there.st_size and Path(kept).read_bytes() == Path(target).read_bytes()
