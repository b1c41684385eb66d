"""What costs more to find out than to keep: single values beside the cache of a project's files.

Each is kept with a key, the digest of everything that it was made from, and is only believed where
that is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import GenericAlias
from typing import Any

from govkb.kept import Value, cache_file, keep, load_kept


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
    with_key: Any = GenericAlias(tuple, (str, shape))
    kept: tuple[str, Value] | None = load_kept(file, with_key)
    if kept is not None and kept[0] == key:
        return kept[1]
    value = make()
    keep(file, (key, value))
    return value
