"""Writing files so that a crash leaves the old file or the new one, and nothing between."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from govkb.errors import StorageError, UsageError
from govkb.source import SourceText

# What a run leaves behind that was killed while it wrote.
UNFINISHED = ".unfinished"


def read_text(file: Path, name: str) -> SourceText:
    """The text of a file, to be spoken of by this name.

    Raises StorageError where it can't be read.
    """
    try:
        return SourceText(name, file.read_bytes().replace(b"\r\n", b"\n"))
    except OSError as error:
        raise StorageError(f"{name}: can't be read: {error.strerror}") from error


def read_bytes(file: Path) -> bytes:
    """The bytes of a file. Raises StorageError where they can't be had."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise StorageError(f"{file}: can't be read: {error.strerror}") from error


def write_new(file: Path, text: str) -> None:
    """Writes a file that isn't there yet, whole or not at all.

    Raises UsageError where a file is there already, StorageError where the disk refuses.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = written(file, text.encode())
        try:
            # A link, unlike a rename, fails where the name is taken.
            os.link(temporary, file)
        except FileExistsError as error:
            raise UsageError(f"{file} is there already", "it was not touched") from error
        finally:
            temporary.unlink()
        sync_folder(file.parent)
    except OSError as error:
        raise StorageError(f"{file}: can't be written: {error.strerror}") from error


def replace_bytes(file: Path, data: bytes) -> None:
    """Writes a file whole or not at all, whether or not there is one already.

    One that is there keeps its permissions. Raises StorageError where the disk refuses; what was
    there before is there still.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = written(file, data)
        try:
            if file.exists():
                temporary.chmod(stat.S_IMODE(file.stat().st_mode))
            temporary.replace(file)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(file.parent)
    except OSError as error:
        raise StorageError(f"{file}: can't be written: {error.strerror}") from error


def write_below(folder: Path, pieces: Iterable[tuple[str, bytes]]) -> None:
    """Writes many files below a folder that is being made: path and content of each.

    A path that comes again goes on where it was. Raises StorageError where the disk refuses; what
    has been written then stays, and is of no use.
    """
    begun: set[str] = set()
    folders: set[str] = set()
    top = str(folder)
    for path, content in pieces:
        parent = path.rpartition("/")[0]
        if parent not in folders:
            folders.add(parent)
            _make_folder(folder / parent)
        how = os.O_APPEND if path in begun else os.O_TRUNC
        begun.add(path)
        try:
            descriptor = os.open(f"{top}/{path}", os.O_WRONLY | os.O_CREAT | how, 0o666)
            with os.fdopen(descriptor, "wb", buffering=0) as stream:
                # The disk may take less at a time than it is given.
                while content:
                    content = content[stream.write(content) or 0 :]
        except OSError as error:
            raise StorageError(f"{path}: can't be written: {error.strerror}") from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder}: can't be made: {error.strerror}") from error


def written(file: Path, data: bytes) -> Path:
    """A finished temporary file beside the one to be."""
    prefix = f".{file.name[:40]}."
    descriptor, name = tempfile.mkstemp(prefix=prefix, suffix=UNFINISHED, dir=file.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def sync_folder(folder: Path) -> None:
    """Makes the new name durable; some systems can't, and the content is safe already."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
