"""The form in which the items of a file are kept, so that a second look at them costs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from govkb.reading.items.item import Item, Path, Value
from govkb.record_types.items import ItemType


class _Written(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """An item with the name of its kind, and all else in the order in which an item has it."""

    kind: str
    name: str
    text: str
    state: str
    values: dict[str, Value]
    start: int
    end: int
    path: Path
    checked: bool | None
    written_state: str | None


_FIELDS = _Written.__struct_fields__[1:]


def kept_form(items: Iterable[Item]) -> bytes:
    """The items in a form that can be kept."""
    return msgspec.msgpack.encode(
        [_Written(item.kind.kind, *(getattr(item, name) for name in _FIELDS)) for item in items]
    )


def read_back(kinds: Mapping[str, ItemType], data: bytes) -> Iterator[Item]:
    """The items that were written so, of these kinds."""
    for kept in msgspec.msgpack.decode(data, type=list[_Written]):
        kind, *said = msgspec.structs.astuple(kept)
        yield Item(kinds[kind], *said)
