"""Pagefind's index with its choices in order: as it comes, every build has them in another.

Its files are gzipped CBOR (RFC 8949) behind a mark, named by what is in them.
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

ENTRY = "pagefind-entry.json"
_MARK = b"pagefind_dcd"
# Where a file has what comes in any order, counted in the items of its outermost array.
_VALUES, _FILTERS = 1, 3
_BY_LENGTH = {24: 1, 25: 2, 26: 4, 27: 8}


def put_in_order(folder: Path) -> None:
    """Sorts the values of each choice and the choices, and renames their files accordingly."""
    renamed = [_in_order(file, _VALUES) for file in sorted(folder.glob("filter/*.pf_filter"))]
    entry = folder / ENTRY
    text = entry.read_bytes()
    for file in folder.glob("*.pf_meta"):
        old, new = _in_order(file, _FILTERS, renamed)
        text = text.replace(old, new)
    entry.write_bytes(text)


def _in_order(
    file: Path, place: int, renamed: list[tuple[bytes, bytes]] | None = None
) -> tuple[bytes, bytes]:
    """The part of a file's name that says what is in it, before and after."""
    data = gzip.decompress(file.read_bytes())
    for old, new in renamed or ():
        data = data.replace(old, new)
    data = _sorted(data, place)
    stem = file.name.removeprefix("pagefind.").rpartition(".")[0]
    language, _, digest = stem.rpartition("_")
    name = f"{language}_{hashlib.sha256(data).hexdigest()[: len(digest)]}"
    file.unlink()
    file.with_name(file.name.replace(stem, name)).write_bytes(gzip.compress(data, mtime=0))
    return stem.encode(), name.encode()


def _sorted(data: bytes, place: int) -> bytes:
    """The data with the items of one of its arrays sorted."""
    at = _head(data, len(_MARK))[0]
    for _ in range(place):
        at = _end(data, at)
    start, number = _head(data, at)
    items, end = [], start
    for _ in range(number):
        items.append(data[end : _end(data, end)])
        end = _end(data, end)
    return data[:start] + b"".join(sorted(items)) + data[end:]


def _end(data: bytes, at: int) -> int:
    """Where the item that begins here ends."""
    kind = data[at] >> 5
    end, number = _head(data, at)
    if kind in (2, 3):
        return end + number
    for _ in range(number * (kind - 3) if kind in (4, 5) else 0):
        end = _end(data, end)
    return end


def _head(data: bytes, at: int) -> tuple[int, int]:
    """Where an item's head ends, and the number in it: a value, a length or how many follow."""
    short = data[at] & 31
    length = _BY_LENGTH.get(short, 0)
    end = at + 1 + length
    return end, int.from_bytes(data[at + 1 : end], "big") if length else short
