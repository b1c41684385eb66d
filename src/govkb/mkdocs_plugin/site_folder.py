"""The folder of the site: a new one is made beside it and takes its place when it is complete.

Beside `site` that is `.site.building`, with the new site, for a moment the old one, and a file that
says whose it is and is locked while a build runs. A build that was killed leaves it behind; the
next one puts right what it finds.

Where a spare is kept, the old site is the spare of the next build.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from govkb.errors import StorageError, UsageError
from govkb.mkdocs_plugin.aside import Aside

_MARK = "made-by-govkb-build"
_SPARE = "spare"
# To start a process takes as long as to remove some hundred pages.
_MANY = 2000


class Stage(Struct, frozen=True):
    """The folder to make a site in, and one with an earlier site that may be used up for it."""

    new: Path
    spare: Path | None


@contextmanager
def staged(target: Path, spare: Path | None = None) -> Iterator[Stage]:
    """A stage to build on: what is in `new` replaces `target` once the block has ended well.

    The site that it replaces goes to `spare`, where that is on the same disk, and from there to the
    stage of the next build; where that one ends badly it goes back. Raises StorageError where the
    disk refuses or where another build is at it, UsageError where something else has the place.
    Whatever goes wrong, the old site is still there.
    """
    work = target.with_name(f".{target.name}.building")
    with _held(work, target):
        old, new = work / "old", work / "new"
        _recover(old, target)
        try:
            # That of a build that was killed.
            _moved(work / _SPARE, spare)
            remove_folders([new, work / _SPARE])
            new.mkdir()
            yield Stage(new, _moved(spare, work / _SPARE))
            _swap(new, old, target)
            _moved(old, spare)
        except StorageError:
            # The spare may be what the disk has a quarrel with: the next build does without.
            remove_folders([work / _SPARE])
            raise
        finally:
            # Nothing of value is in it any more: were the old site here, this would have raised.
            _recover(old, target)
            # Of use to the next build, however far this one came.
            _moved(work / _SPARE, spare)
            shutil.rmtree(work, ignore_errors=True)


def _moved(folder: Path | None, to: Path | None) -> Path | None:
    """Where a folder is after it was moved; None where that can't be done, or something is there.

    Nobody else has it then: of two builds that want one spare, one gets it.
    """
    if folder is None or to is None:
        return None
    with contextlib.suppress(OSError):
        to.parent.mkdir(parents=True, exist_ok=True)
        return folder.rename(to)
    return None


def _swap(new: Path, old: Path, target: Path) -> None:
    try:
        if target.exists():
            target.rename(old)
        new.rename(target)
    except OSError as error:
        raise StorageError(f"{target}: can't be replaced: {error.strerror}") from error


def _recover(old: Path, target: Path) -> None:
    """Puts the old site back where a build ended between the two renames of a swap."""
    if old.exists() and not target.exists():
        try:
            old.rename(target)
        except OSError as error:
            raise StorageError(f"{old} can't be moved to {target}: {error.strerror}") from error
    _remove(old)


def _remove(site: Path) -> None:
    """Removes a site. Of a large one a second process removes every other page."""
    pages = [page for folder in _folders(site) for page in _folders(folder)]
    if len(pages) > _MANY:
        helper = Aside(lambda: remove_folders(pages[::2]))
        remove_folders(pages[1::2])
        helper.finish()
    shutil.rmtree(site, ignore_errors=True)


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as found:
            return [Path(e.path) for e in found if e.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def remove_folders(folders: Iterable[Path]) -> None:
    """Removes folders with all that is in them, as far as that can be done."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _held(work: Path, target: Path) -> Iterator[None]:
    try:
        work.mkdir(parents=True, exist_ok=True)
        mark = work / _MARK
        if not mark.exists() and any(work.iterdir()):
            raise UsageError(f"{work} is not of govkb's making", "it is in the way: move it")
        descriptor = os.open(mark, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise StorageError(f"{target}: can't be written: {error.strerror}") from error
    try:
        if not _locked(descriptor) or not _is_still(mark, descriptor):
            raise StorageError(f"{target}: another build is writing it", "wait until it is ready")
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    """Locks an open file. The system lets go of it when the process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows, where nobody can remove a file that is open
        return True
    with contextlib.suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _is_still(mark: Path, descriptor: int) -> bool:
    """Whether the file is the one that was opened: a build that ends takes its own with it."""
    try:
        return os.path.samestat(mark.stat(), os.fstat(descriptor))
    except OSError:
        return False
