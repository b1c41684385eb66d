"""What was found out about files, kept from one run to the next.

The cache stands in the user's own cache folder, never in the project: whoever can change the
project must not be able to answer for the check. It holds plain data in a format that can't run
code, and is only believed where the govkb, the settings and the types that it was made with are the
same.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import msgspec

import govkb
from govkb.digests import digest_of
from govkb.kept import keep, load_kept
from govkb.workspace.kept import KeptFile


class _Kept(msgspec.Struct, array_like=True):
    fingerprint: str
    files: dict[str, KeptFile]


class Cache:
    """What is kept for one project, by path."""

    def __init__(self, file: Path | None, fingerprint: str) -> None:
        self._file = file
        self._fingerprint = fingerprint
        self._files = _load(file, fingerprint) if file is not None else {}

    @property
    def files(self) -> Mapping[str, KeptFile]:
        """What was kept last time; empty where that can't be believed."""
        return self._files

    def frozen(self) -> Cache:
        """The same, but nothing new is kept in it."""
        frozen = Cache(None, self._fingerprint)
        frozen._files = self._files
        return frozen

    def keep(self, files: dict[str, KeptFile]) -> None:
        """Keeps this for the next run. A cache that can't be written is no reason to fail."""
        if self._file is None or files == self._files:
            return
        keep(self._file, _Kept(self._fingerprint, files))


def fingerprint_of(parts: Iterable[bytes]) -> str:
    """A digest of these parts and of the govkb and the Python that run."""
    running = f"{govkb.__version__} {sys.version}".encode()
    return digest_of(running, *_own_source(), *parts).hex()


@cache
def _own_source() -> tuple[bytes, ...]:
    """What changes when somebody works on govkb itself; a process runs what it began with."""
    found = []
    for folder, below, names in os.walk(Path(govkb.__file__).parent):
        below[:] = sorted(name for name in below if name != "__pycache__")
        for name in sorted(names):
            status = os.stat(f"{folder}/{name}")  # noqa: PTH116
            found.append(f"{name} {status.st_mtime_ns} {status.st_size}".encode())
    return tuple(found)


def _load(file: Path, fingerprint: str) -> Mapping[str, KeptFile]:
    try:
        status = file.stat()
    except OSError:
        return {}
    return _decoded(file, (status.st_ino, status.st_size, status.st_mtime_ns), fingerprint)


# A command that looks at what its change would come to reads all records twice.
@lru_cache(1)
def _decoded(file: Path, stamp: tuple[int, int, int], fingerprint: str) -> Mapping[str, KeptFile]:
    kept = load_kept(file, _Kept)
    return kept.files if kept is not None and kept.fingerprint == fingerprint else {}
