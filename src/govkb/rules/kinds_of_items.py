"""How rules speak of items, and what they ask of them alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govkb.reading import Record
from govkb.reading.items import Item, grouped_items
from govkb.record_types.items import STATE, ItemType


def items_by_kind(record: Record) -> Iterator[tuple[ItemType, list[Item]]]:
    """The kinds that a record's type has, each with the record's items of it."""
    found = grouped_items(record)
    for kind in record.type.items.values() if record.type is not None else ():
        yield kind, found[kind.kind]


def called(item: Item) -> str:
    """An item as people speak of it: `the gate restart`."""
    label = item.kind.label
    return f"the {label[0].lower()}{label[1:]} {item.name}"


def is_as(item: Item, wanted: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether an item's values are among the wanted ones; without any, whether there is one.

    An item without a value that has a vocabulary counts as having the first of it.
    """
    for name, choices in wanted.items():
        given = item.state if name == STATE else item.value(name)
        vocabulary = item.kind.values.get(name, {}).get("enum", ())
        given = given or (str(vocabulary[0]) if choices and vocabulary else "")
        if given not in choices if choices else not given:
            return False
    return True


def has_field(record: Record, wanted: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a record's fields are among the wanted values."""
    assert record.type is not None
    values = {
        name: record.type.canonical_value(name, record.effective.get(name)) for name in wanted
    }
    return all(str(values[name]) in choices for name, choices in wanted.items())
