"""Where things are kept from one run to the next, and the names of records among them.

This imports next to nothing: whoever completes a name while somebody types has no time to. What is
kept is plain data, in a format that can't run code.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

Value = TypeVar("Value")


class KeptName(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """How a record is called. What else is kept of its file comes after this."""

    id: str
    title: str
    type: str | None


class _Kept(msgspec.Struct, array_like=True):
    fingerprint: str
    files: dict[str, KeptName]


def cache_file(root: Path) -> Path | None:
    """Where a project's cache is; None where there is to be none.

    GOVKB_CACHE_DIR names another folder, and switches the cache off where it is empty.
    """
    from platformdirs import user_cache_path

    named = os.environ.get("GOVKB_CACHE_DIR")
    if named == "":
        return None
    folder = Path(named) if named else user_cache_path("govkb", appauthor=False)
    project = hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    return folder / project / "check.msgpack"


def kept_names(root: Path) -> Mapping[str, KeptName]:
    """How the records of a project were called last time, by path; they may be gone since.

    Good enough to offer, and for nothing else: that settings and types are the same isn't asked.
    """
    file = cache_file(root)
    if file is None:
        return {}
    kept = load_kept(file, _Kept)
    return kept.files if kept is not None else {}


def load_kept(file: Path, shape: type[Value]) -> Value | None:
    """The value in a file, of a type as msgspec reads it; None where there is none such."""
    with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
        value: Value = msgspec.msgpack.decode(file.read_bytes(), type=shape)
        return value
    return None


def keep(file: Path, value: object) -> None:
    """Keeps a value in a file. That this can't be done is no reason to fail."""
    from govkb.errors import StorageError
    from govkb.files import replace_bytes

    with contextlib.suppress(StorageError):
        replace_bytes(file, msgspec.msgpack.encode(value))
