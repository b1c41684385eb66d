"""What costs more to find out than to keep: single values beside the cache of a project's files.

Each is kept with a key, the digest of everything that it was made from, and is only believed where
that is the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from govkb.errors import StorageError
from govkb.files import replace_bytes
from govkb.kept import cache_file

Value = TypeVar("Value")


def kept_value(
    root: Path, name: str, key: str, shape: type[Value] | Any, make: Callable[[], Value]
) -> Value:
    """The value of this name that a project has under a key; it is made where none is kept.

    `shape` is its type, as msgspec reads it.
    """
    cache = cache_file(root)
    if cache is None:
        return make()
    file = cache.with_name(f"{name}.msgpack")
    with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
        kept_key, kept = msgspec.msgpack.decode(file.read_bytes(), type=tuple[str, msgspec.Raw])
        if kept_key == key:
            found: Value = msgspec.msgpack.decode(kept, type=shape)
            return found
    value = make()
    # A cache that can't be written is no reason to fail.
    with contextlib.suppress(StorageError):
        replace_bytes(file, msgspec.msgpack.encode((key, value)))
    return value
