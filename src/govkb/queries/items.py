"""The items of records, with what other records say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from govkb.graph import Relation
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.alikeness import SAME, alikeness
from govkb.queries.deadlines import has_expired
from govkb.reading import Record
from govkb.reading.items import Item, items_of, plain_name
from govkb.reading.waivers import waivers_of
from govkb.record_types.items import ItemType

WAIVED, EXPIRED = "waived", "expired"
# Comparing every item with every answer takes the product of their numbers.
_MOST_PAIRS = 2_500


class ItemState(Struct, frozen=True):
    """How an item stands; `state` is its own, `waived` or `expired`, `by` what settles it."""

    record: Record
    item: Item
    state: str
    is_open: bool
    by: Record | None = None


def item_states(record: Record, base: KnowledgeBase) -> list[ItemState]:
    """How each item of a record stands."""
    found = []
    settling: dict[str, dict[str, Record]] = {}
    for item in items_of(record):
        kind = item.kind
        if kind.kind not in settling:
            settling[kind.kind] = {
                **dict(_answered_by_others(record, kind, base)),
                **dict(settled_by_others(record, kind, base)),
            }
        by = settling[kind.kind].get(plain_name(item.name))
        found.append(_state(record, item, by, base.today))
    return found


def items_among(base: KnowledgeBase, records: Iterable[Record]) -> Iterator[ItemState]:
    """How each item of these records stands, record by record."""
    for record in records:
        if has_kinds(record):
            yield from item_states(record, base)
            record.text.release()


def has_kinds(record: Record) -> bool:
    """Whether a record may have items at all."""
    return record.type is not None and bool(record.type.items)


def is_told_elsewhere(record: Record) -> bool:
    """Whether other records have a say in how a record's items stand."""
    kinds = record.type.items.values() if record.type is not None else ()
    return any(kind.settled_by is not None or kind.answers is not None for kind in kinds)


def settled_by_others(
    record: Record, kind: ItemType, base: KnowledgeBase
) -> Iterator[tuple[str, Record]]:
    """The plain names of items that other records settle, each with the one that does."""
    if kind.settled_by is None:
        return
    for edge in base.graph.incoming.get(record.id, ()):
        if edge.kind is not None and edge.kind.name == kind.settled_by.relation:
            other = base.records_by_id[edge.source]
            name = other.at(kind.settled_by.path)
            if isinstance(name, str) and name:
                yield plain_name(name), other


def leads_back(edge: Relation, kind: ItemType, base: KnowledgeBase) -> bool:
    """Whether an edge leads to the record before, whose items those of a kind are to answer."""
    types = (base.records_by_id[end].type for end in (edge.source, edge.target))
    is_one_type = len({of.name for of in types if of is not None}) == 1
    return is_one_type and edge.kind is not None and edge.kind.name == kind.through


def answered_names(record: Record, before: Record, kind: ItemType) -> set[str]:
    """The plain names of the items in the record before that a record's items of a kind answer.

    An answer has the item's short name, or nearly its words.
    """
    answers = [answer for answer in items_of(record, kind.kind) if not answer.is_open]
    names = {plain_name(answer.name) for answer in answers}
    waiting = [item for item in items_of(before, kind.answers) if item.is_open]
    left = [item for item in waiting if plain_name(item.name) not in names]
    if len(left) * len(answers) <= _MOST_PAIRS:
        names |= {plain_name(item.name) for item in left if _is_said(item, answers)}
    return names


def _is_said(item: Item, answers: Iterable[Item]) -> bool:
    return any(alikeness(item.text, answer.text) >= SAME for answer in answers)


def _answered_by_others(
    record: Record, kind: ItemType, base: KnowledgeBase
) -> Iterator[tuple[str, Record]]:
    """The plain names of items that the next record of the type answers, each with that record."""
    of = record.type
    answers = next((k for k in of.items.values() if k.answers == kind.kind), None) if of else None
    if of is None or answers is None:
        return
    for edge in base.graph.incoming.get(record.id, ()):
        if leads_back(edge, answers, base):
            other = base.records_by_id[edge.source]
            yield from ((name, other) for name in answered_names(other, record, answers))


def _state(record: Record, item: Item, by: Record | None, today: date) -> ItemState:
    if has_expired(item, record, today):
        return ItemState(record, item, EXPIRED, is_open=item.is_open, by=by)
    if not item.is_open:
        return ItemState(record, item, item.state, is_open=False, by=by)
    if plain_name(item.name) in waivers_of(record, item.kind, today):
        return ItemState(record, item, WAIVED, is_open=False)
    if by is not None:
        return ItemState(record, item, item.kind.ticked, is_open=False, by=by)
    return ItemState(record, item, item.state, is_open=True)


def described(one: ItemState) -> dict[str, object]:
    """An item as a value for JSON."""
    item = one.item
    return {
        "kind": item.kind.kind,
        "name": item.name,
        "text": item.text,
        "state": one.state,
        "is_open": one.is_open,
        "settled_by": one.by.id if one.by is not None else None,
        "values": {name: item.value(name) for name in item.values},
        "anchor": item.anchor,
    }
