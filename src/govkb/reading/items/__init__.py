"""The items of a record: what its type gives a meaning, wherever and however it is written."""

from govkb.reading.items.item import Item, Path, Value, bare, plain_name
from govkb.reading.items.records import grouped_items, items_of, written_down

__all__ = [
    "Item",
    "Path",
    "Value",
    "bare",
    "grouped_items",
    "items_of",
    "plain_name",
    "written_down",
]
