"""The items of a record: what its type gives a meaning, wherever and however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from msgspec.structs import replace

from govkb.reading.body import read_body
from govkb.reading.items.fences import pairs_in
from govkb.reading.items.item import Found, Item, Value, bare, plain_name
from govkb.reading.items.kept import kept_form, read_back
from govkb.reading.items.lists import point
from govkb.reading.items.tables import rows_in
from govkb.reading.plain_lists import plain_items
from govkb.reading.record import Record
from govkb.record_types.items import NAME, STATE, TEXT, ItemType

_WORD_END = re.compile(r"[\W_]|\Z")


def items_of(record: Record, kind: str | None = None) -> list[Item]:
    """The items of a record, or those of one kind, in the order in which it has them."""
    found = grouped_items(record)
    if kind is not None:
        return found.get(kind, [])
    return [item for items in found.values() for item in items]


def grouped_items(record: Record) -> Mapping[str, list[Item]]:
    """The items of a record by the names of all kinds that its type has."""
    if record.type is None or not record.type.items:
        return {}
    found = record.text.items
    if found is None:
        kinds = record.type.items
        found = record.text.items = {name: [] for name in kinds}
        if record.text.kept_items:
            for item in read_back(kinds, record.text.kept_items):
                found[item.kind.kind].append(item)
        else:
            found.update((name, list(_items(record, kind))) for name, kind in kinds.items())
    return found


def written_down(record: Record) -> bytes:
    """The items of a record in a form that can be kept; empty where its type has none."""
    if record.type is None or not record.type.items:
        return b""
    return kept_form(items_of(record))


def _items(record: Record, kind: ItemType) -> Iterator[Item]:
    found = [_item(kind, one) for one in (*_in_field(record, kind), *_in_body(record, kind))]
    taken = {plain_name(item.name) for item in found}
    for number, item in enumerate(found, 1):
        name = item.name or next(n for n in map(kind.numbered, count(number)) if _is_free(n, taken))
        yield item if item.name else replace(item, name=name)


def _is_free(name: str, taken: set[str]) -> bool:
    """Whether no item has a name; from now on one has."""
    plain = plain_name(name)
    is_free = plain not in taken
    taken.add(plain)
    return is_free


def _item(kind: ItemType, found: Found) -> Item:
    """An item, without a name where none is written."""
    values = dict(found.values)
    name, said = values.pop(NAME, None), values.pop(STATE, None)
    text = values.pop(TEXT, Value(found.text)).text.strip()
    short = bare(name.text) if name is not None else ""
    if not short and found.may_lead:
        short, text = _lead(kind, text)
    led = kind.leading.match(text) if kind.leading is not None else None
    if led is not None and kind.led_by is not None:
        values.setdefault(kind.led_by, Value(led["word"], found.start, found.end))
    implied = (state for value, state in kind.implies.items() if value in values)
    state, written = _state(kind, found.checked, bare(said.text) if said is not None else "")
    if said is None and not found.checked:
        state = next(implied, state)
    return Item(
        kind,
        short,
        text,
        state,
        values if said is None else {**values, STATE: said},
        found.start,
        found.end,
        found.path,
        found.checked,
        written,
    )


def _lead(kind: ItemType, text: str) -> tuple[str, str]:
    """The short name that a text begins with, empty where there is none, and what follows."""
    found = kind.lead.match(text) if kind.lead is not None else None
    if found is None:
        return "", text
    return re.sub(r"[\s#]+", "", found["name"] or found["bold"]), text[found.end() :]


def _state(kind: ItemType, checked: bool | None, said: str) -> tuple[str, str | None]:
    """The state, and what is written in its place where that is none."""
    if said:
        # `done, !31` says more than the state.
        for state in sorted(kind.states, key=len, reverse=True):
            rest = said[len(state) :]
            if said[: len(state)].casefold() == state.casefold() and _WORD_END.match(rest):
                return state, None
        return kind.states[0], said
    return (kind.ticked if checked else kind.states[0]), None


def _in_field(record: Record, kind: ItemType) -> Iterator[Found]:
    values = record.metadata.get(kind.in_field) if kind.in_field is not None else None
    for number, value in enumerate(values if isinstance(values, list) else ()):
        assert kind.in_field is not None
        path = (kind.in_field, number)
        fields = value if isinstance(value, dict) else {TEXT: value}
        said = {
            kind.headings.get(str(key).replace("_", " ").casefold(), str(key)): Value(_shown(each))
            for key, each in fields.items()
            if each is not None
        }
        yield Found("", *record.extent_of(path, value=True), said, path, may_lead=False)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _in_body(record: Record, kind: ItemType) -> Iterator[Found]:
    for start, end in _extents(record, kind.sections):
        # The rest of the body changes nothing about what stands in the section.
        blocks = plain_items(record.source.data, start, end)
        if blocks is None:
            blocks = read_body(record.source.data[:end], start).blocks
        if kind.written != "table":
            yield from (point(record, kind, b) for b in blocks if b.kind == "item")
        if kind.written != "list":
            yield from rows_in(record, kind, blocks)
        if kind.is_fenced:
            yield from pairs_in(record, kind, blocks)


def _extents(record: Record, sections: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the sections of these names, or of their aliases, begin and end."""
    if not sections or record.type is None:
        return
    outline = record.outline
    known = record.type.sections
    for name in sections:
        section = known.get(name)
        within = section.within if section is not None else None
        for heading in (name, *(section.aliases if section is not None else ())):
            found = outline.section(heading, within)
            if found is None and section is None:
                found = outline.subsection(heading)
            if found is not None:
                yield found.heading.end, found.end
                break
