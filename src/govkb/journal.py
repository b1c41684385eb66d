"""Several files written together: a crash leaves all of the old ones or all of the new ones."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
import time
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from govkb.errors import StorageError
from govkb.files import replace_bytes, sync_folder, written

NAME = "unfinished.json"
# Seconds; no command writes for as long as that.
_PATIENCE = 30.0
_AGAIN = "run `govkb seal`: it finishes what was begun"


def journal_of(root: Path, ledger_folder: str) -> Path:
    """The file that says which files are being written together."""
    return (root / ledger_folder).parent / NAME


def refuse_unfinished(root: Path, ledger_folder: str) -> None:
    """Raises StorageError where a crash interrupted the writing of several files."""
    if journal_of(root, ledger_folder).exists():
        message = "the writing of several files was interrupted, and some are still the old ones"
        raise StorageError(message, _AGAIN)


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Keeps other runs of govkb from writing in a project until this one has.

    Each reads records, adds to them and writes them; of two at once one would undo the other. The
    lock is on the folder, so that a run that is killed leaves nothing behind. Raises StorageError
    where somebody else holds it too long.
    """
    descriptor = _locked(root)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _locked(folder: Path) -> int | None:
    """The open folder, locked; None on systems that lock no folders."""
    try:
        import fcntl

        descriptor = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        return None
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                return descriptor
            if time.monotonic() > until:
                os.close(descriptor)
                message = f"{folder}: another govkb has been writing for {_PATIENCE:.0f} s"
                raise StorageError(message, "wait for it or end it, then try again") from error
            time.sleep(0.05)
        else:
            return descriptor


def replace_together(root: Path, journal: Path, contents: Mapping[str, bytes | None]) -> None:
    """Writes files by their paths below `root`, whole and all of them, or none; with None they go.

    The new contents are first written beside the old ones. From the moment in which the journal
    says so they count, and `finish` puts them in place if nobody else gets to it. Raises
    StorageError where the disk refuses; then everything is as it was.
    """
    temporaries: dict[str, Path] = {}
    folders: list[Path] = []
    file = journal
    try:
        for path, data in contents.items():
            if data is None:
                continue
            file = root / path
            folders += _missing(file.parent)
            file.parent.mkdir(parents=True, exist_ok=True)
            temporaries[path] = written(file, data)
            if file.exists():
                temporaries[path].chmod(stat.S_IMODE(file.stat().st_mode))
        # A journal that outlived what it names would say that it was put in place.
        for folder in {file.parent for file in (*temporaries.values(), *folders)}:
            sync_folder(folder)
        # None where the file isn't to be there any more.
        names = {p: temporaries[p].name if p in temporaries else None for p in contents}
        replace_bytes(journal, json.dumps(names, indent=2).encode() + b"\n")
    except OSError as error:
        _discard(temporaries, folders)
        raise StorageError(f"{file}: can't be written: {error.strerror}") from error
    except BaseException:
        _discard(temporaries, folders)
        raise
    finish(root, journal)


def finish(root: Path, journal: Path) -> list[str]:
    """Puts in place what a journal says was written; the paths, or nothing where there is none.

    Raises StorageError where the disk refuses or the journal names anything but such files.
    """
    if not journal.exists():
        return []
    names = _read(journal)
    try:
        for path, name in names.items():
            folder = (root / path).parent
            if name is None:
                (root / path).unlink(missing_ok=True)
                sync_folder(folder)
            elif (temporary := folder / name).exists():
                temporary.replace(root / path)
                sync_folder(folder)
        journal.unlink()
        sync_folder(journal.parent)
    except OSError as error:
        message = f"{error.filename}: can't be written: {error.strerror}"
        raise StorageError(message, f"when it can be, {_AGAIN}") from error
    return sorted(names)


def _read(journal: Path) -> dict[str, str | None]:
    try:
        names = json.loads(journal.read_bytes())
        pairs = {str(p): None if name is None else str(name) for p, name in names.items()}
    except (OSError, ValueError, AttributeError) as error:
        message = f"{journal}: it should say which files are being written, and can't be read"
        raise StorageError(message, "look at it, then remove it") from error
    for path, name in pairs.items():
        if not _is_below(path) or (name is not None and not _is_temporary(name)):
            message = f"{journal}: it names {path!r}, which nobody writes together with others"
            raise StorageError(message, "look at it, then remove it")
    return pairs


def _is_temporary(name: str) -> bool:
    return name.startswith(".") and "/" not in name and "\\" not in name


def _is_below(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and ":" not in parts[0]


def _missing(folder: Path) -> list[Path]:
    """What there isn't yet of a folder and those above it, the lowest last."""
    return [part for part in (folder, *folder.parents) if not part.exists()][::-1]


def _discard(temporaries: Mapping[str, Path], folders: list[Path]) -> None:
    for temporary in temporaries.values():
        temporary.unlink(missing_ok=True)
    for folder in reversed(folders):
        with contextlib.suppress(OSError):
            folder.rmdir()
