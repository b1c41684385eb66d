"""A site of an earlier build that nobody reads any more, brought up to date for the next one.

A large site has tens of thousands of folders and files, and most come out as they were. To make
them takes the disk longer than all else; to look at them takes a fraction of that.

Nothing in a spare is believed: while it was the site, anybody may have written to it. Whatever
isn't byte for byte what belongs there is replaced, and what doesn't belong there is removed. Files
are never written to, for they may have other names elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from govkb.errors import StorageError
from govkb.files import write_below
from govkb.mkdocs_plugin.site_folder import remove_folders


class Spare(Struct, frozen=True):
    """An earlier site in a `folder`, which is to become the one that is being made in `site`.

    The many files that govkb writes itself are renewed where they are; those that MkDocs has made
    in `site` then come to them.
    """

    folder: Path
    site: Path

    def renewal(self) -> Renewal:
        """Looks at what is there. Raises StorageError where that can't be done."""
        try:
            mode = stat.S_IMODE(self.site.stat().st_mode)
            self.folder.chmod(mode)
            return Renewal(self.folder, mode)
        except OSError as error:
            raise _failure(error) from error

    def take_over(self) -> None:
        """Takes in what is in `site` and becomes it. Raises StorageError where the disk refuses."""
        try:
            for made, below, names in os.walk(self.site):
                folder = self.folder / Path(made).relative_to(self.site)
                folder.mkdir(parents=True, exist_ok=True)
                links = [name for name in below if Path(made, name).is_symlink()]
                for name in (*names, *links):
                    Path(made, name).replace(folder / name)
            remove_folders([self.site])
            self.folder.rename(self.site)
        except OSError as error:
            raise _failure(error) from error


class Renewal:
    """The work on a spare: what it has to hold is written, and everything else is removed.

    Folders in it get this `mode`, and files what goes with it.
    """

    def __init__(self, folder: Path, mode: int) -> None:
        self._folder = folder
        self._mode = mode
        self._files: set[str] = set()
        # Each after the one that it is in.
        self._folders: dict[str, None] = {}
        self._wanted: set[str] = set()
        self._look()

    def write(self, pieces: Iterable[tuple[str, bytes]]) -> None:
        """Writes those of the pieces, path and content of each, that aren't there yet.

        As with `write_below`, a path that comes again goes on where it was.
        """
        write_below(self._folder, self._news(pieces))

    def remove_rest(self, others: Iterable[str]) -> None:
        """Removes whatever was neither written nor is at the place of one of the `others`."""
        wanted = self._wanted.union(others)
        needed: set[str] = set()
        for path in wanted:
            parent = path.rpartition("/")[0]
            while parent and parent not in needed:
                needed.add(parent)
                parent = parent.rpartition("/")[0]
        try:
            for path in self._files - wanted:
                (self._folder / path).unlink(missing_ok=True)
        except OSError as error:
            raise _failure(error) from error
        for path in reversed(self._folders):
            if path not in needed:
                with contextlib.suppress(OSError):
                    (self._folder / path).rmdir()

    def _look(self) -> None:
        """Finds all that is there, and removes what is neither a folder nor a plain file."""
        pending = [""]
        while pending:
            at = pending.pop()
            with os.scandir(f"{self._folder}/{at}") as found:
                for entry in found:
                    path = f"{at}{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        if stat.S_IMODE(entry.stat(follow_symlinks=False).st_mode) != self._mode:
                            Path(entry.path).chmod(self._mode)
                        self._folders[path] = None
                        pending.append(f"{path}/")
                    elif entry.is_file(follow_symlinks=False):
                        self._files.add(path)
                    else:
                        Path(entry.path).unlink()

    def _news(self, pieces: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        begun: set[str] = set()
        for path, content in pieces:
            if path not in begun:
                if path not in self._wanted and self._is_there(path, content):
                    self._wanted.add(path)
                    continue
                begun.add(path)
                if path in self._wanted:
                    # What was there is no more than the first of several pieces.
                    content = (self._folder / path).read_bytes() + content
                self._make_room(path)
                self._wanted.add(path)
            yield path, content

    def _is_there(self, path: str, content: bytes) -> bool:
        if path not in self._files:
            return False
        try:
            with open(f"{self._folder}/{path}", "rb", buffering=0) as stream:  # noqa: PTH123
                status = os.fstat(stream.fileno())
                if status.st_size != len(content):
                    return False
                is_readable = stat.S_IMODE(status.st_mode) == self._mode & 0o666
                return is_readable and stream.read() == content
        except OSError:
            return False

    def _make_room(self, path: str) -> None:
        """Removes what is at the place of a file, or in the way of the folder that it is in."""
        try:
            for place in (path, *map(str, PurePosixPath(path).parents)):
                if place in self._files:
                    (self._folder / place).unlink(missing_ok=True)
                    self._files.remove(place)
            if path in self._folders:
                remove_folders([self._folder / path])
                self._files = {file for file in self._files if not file.startswith(f"{path}/")}
        except OSError as error:
            raise _failure(error) from error


def _failure(error: OSError) -> StorageError:
    return StorageError(f"{error.filename or 'the site'}: can't be renewed: {error.strerror}")
