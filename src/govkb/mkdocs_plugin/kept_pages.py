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

from govkb.errors import StorageError
from govkb.files import replace_bytes
from govkb.site.dependencies import Named
from govkb.site.markdown_writer import Words

_INDEX = "pages.msgpack"


class KeptPage(msgspec.Struct, array_like=True, frozen=True):
    """A page that was made: what it depended on, and the file that it is in.

    `names` are those that its text says beside its relations; `stamp` is the size and the time of
    the file in nanoseconds, by which one sees that nobody else has written to it.
    """

    digest: bytes
    names: tuple[Named, ...]
    stamp: tuple[int, int]
    title: str
    words: tuple[Words, ...]


class KeptPages:
    """The pages of one project in one form of site; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.pages: Mapping[str, KeptPage] = _load(folder / _INDEX) if folder else {}

    def file(self, uri: str) -> Path | None:
        """Where the page of this uri is kept."""
        if self.folder is None:
            return None
        name = hashlib.sha256(uri.encode()).hexdigest()
        return self.folder / name[:2] / f"{name[2:34]}.html"

    def is_there(self, uri: str, page: KeptPage) -> bool:
        """Whether the file is as it was left."""
        file = self.file(uri)
        return file is not None and stamp_of(file) == page.stamp

    def keep(self, pages: Mapping[str, KeptPage]) -> None:
        """Keeps these for the next build, and no others."""
        if self.folder is None or pages == self.pages:
            return
        # A cache that can't be written is no reason to fail.
        with contextlib.suppress(StorageError, OSError):
            for uri in self.pages.keys() - pages.keys():
                file = self.file(uri)
                if file is not None:
                    file.unlink(missing_ok=True)
            replace_bytes(self.folder / _INDEX, msgspec.msgpack.encode(dict(pages)))


def stamp_of(file: Path) -> tuple[int, int] | None:
    """The size of a file and when it was written; None where it isn't there."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def permissions() -> bytes:
    """What files that are made now may be read by: a page under a second name keeps what it had."""
    mask = os.umask(0o077)
    os.umask(mask)
    return b"umask %o" % mask


def place(kept: Path, target: Path) -> None:
    """Puts a kept page into a site: as a second name where that can be, else as a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(kept, target)
    except OSError:
        shutil.copyfile(kept, target)


def _load(file: Path) -> dict[str, KeptPage]:
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=dict[str, KeptPage])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
