"""The files for programs, kept from one build to the next as long as they would be the same.

All of them are in one file of the cache: path and content of each piece, one after another, then
what they were made from. There are tens of thousands; as files of their own they would cost a look
at each.
"""

from __future__ import annotations

import contextlib
import io
import os
import struct
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

import msgspec

from govkb.files import UNFINISHED
from govkb.mkdocs_plugin.sources import Sources, made_with_sources
from govkb.site.background import Background

Pieces = Iterable[tuple[str, bytes]]

_FILE = "files.bin"
# How long a path and its content are; where there is no path, the content is the sources.
_SIZES = struct.Struct("<QQ")


def write_kept(
    folder: Path | None,
    outlook: bytes,
    background: Background,
    make: Callable[[], Pieces],
    write: Callable[[Pieces], None],
) -> None:
    """Has `write` write the pieces that `make` makes, or those kept in a folder if they serve."""
    if folder is None:
        write(make())
        return
    with _opened(folder / _FILE) as stream:
        sources = _sources(stream)
        if sources is not None and sources.are_still(outlook, background):
            stream.seek(0)
            write(_pieces(stream))
            return
    with _Tape(folder / _FILE) as tape:
        _, sources = made_with_sources(outlook, background, lambda: write(tape.taking(make())))
        tape.finish(sources)


def _opened(file: Path) -> IO[bytes]:
    try:
        return file.open("rb")
    except OSError:
        return io.BytesIO()


def _sources(stream: IO[bytes]) -> Sources | None:
    """What stands at the end, where sizes stand once more."""
    with contextlib.suppress(OSError, ValueError, msgspec.MsgspecError, struct.error):
        end = stream.seek(-_SIZES.size, os.SEEK_END)
        _, size = _SIZES.unpack(stream.read(_SIZES.size))
        stream.seek(end - size)
        return msgspec.msgpack.decode(stream.read(size), type=Sources)
    return None


def _pieces(stream: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    while True:
        name, content = _SIZES.unpack(stream.read(_SIZES.size))
        if not name:
            return
        yield stream.read(name).decode(), stream.read(content)


class _Tape:
    """A new file of pieces; it takes the place of the old one when it is finished.

    A cache that can't be written is no reason to fail.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._new = file.with_name(f"{file.name}.{os.getpid()}{UNFINISHED}")
        self._stream: IO[bytes] | None = None

    def __enter__(self) -> _Tape:
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            # Whoever was killed left his; who is still at it only can't keep it.
            for left in self._file.parent.glob(f"{self._file.name}.*{UNFINISHED}"):
                left.unlink(missing_ok=True)
            self._stream = self._new.open("wb")
        return self

    def __exit__(self, *_: object) -> None:
        self._give_up()

    def taking(self, pieces: Pieces) -> Iterator[tuple[str, bytes]]:
        """The same pieces, each of them kept as it passes."""
        for path, content in pieces:
            self._put(path.encode(), content)
            yield path, content

    def finish(self, sources: Sources) -> None:
        """Writes what the pieces were made from, after which they count."""
        end = msgspec.msgpack.encode(sources)
        self._put(b"", end + _SIZES.pack(0, len(end)))
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()
                self._new.replace(self._file)
                self._stream = None

    def _put(self, name: bytes, content: bytes) -> None:
        try:
            if self._stream is not None:
                self._stream.writelines((_SIZES.pack(len(name), len(content)), name, content))
        except OSError:
            self._give_up()

    def _give_up(self) -> None:
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()
            self._new.unlink(missing_ok=True)
            self._stream = None
