"""Where things are kept from one run to the next, and the names of records among them.

This imports next to nothing: whoever completes a name while somebody types has no time to.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import msgspec


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
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=_Kept).files
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
