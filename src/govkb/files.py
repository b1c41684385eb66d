"""Writing files so that a crash leaves the old file or the new one, and nothing between."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
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
