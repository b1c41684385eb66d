"""Files that a project is offered, each held against what is there already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from govkb.errors import StorageError


class Step(Struct, frozen=True):
    """A file as it is (None where it isn't there) and as it should be, by path below the top.

    One that `is_left` says something else already, and only its owner can say what is right.
    """

    path: str
    before: bytes | None
    after: bytes
    is_left: bool = False

    @property
    def is_written(self) -> bool:
        """Whether anything is to be written."""
        return not self.is_left and self.before != self.after


def whole(root: Path, path: str, text: str) -> Step:
    """A file that is written as a whole, or left alone where it says something else."""
    before, after = present(root / path), text.encode()
    same = before is not None and before.replace(b"\r\n", b"\n") == after
    is_taken = before is not None or (root / path).is_symlink()
    return Step(path, before, before if same and before else after, is_taken and not same)


def changed(root: Path, path: str, change: Callable[[bytes], bytes]) -> Step:
    """A file that gets some lines more; where it is a link, whatever it leads to stays as it is."""
    before = present(root / path)
    after = change(before or b"")
    return Step(path, before, after, (root / path).is_symlink() and before != after)


def offered(root: Path, path: str, change: Callable[[str], str]) -> Step:
    """A file of somebody else's, which is made where there is none, and else left alone."""
    before = present(root / path)
    text = (before or b"").decode("utf-8", "surrogateescape")
    after = change(text)
    differs = (before is not None or (root / path).is_symlink()) and after != text
    return Step(path, before, after.encode("utf-8", "surrogateescape"), differs)


def present(file: Path) -> bytes | None:
    """What a file holds; None where there is none. Raises StorageError where it can't be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(f"{file}: can't be read: {error.strerror}") from error
