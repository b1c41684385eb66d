"""Puts references into a record's frontmatter by adding text; what is there is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from govkb import strict_yaml
from govkb.diagnostics import Edit
from govkb.reading import Record

_PLAIN = re.compile("[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_ITEM = re.compile(r" *- +", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Value:
    """Where the value of a key is in a YAML text, in characters; `last` ends a list's last item.

    `kind` is list, flow-list, nothing, block (a mapping over several lines) or other.
    """

    kind: str
    start: int
    end: int
    last: int | None = None
    column: int = 0


def declaring_edits(record: Record, field: str, ids: Sequence[str]) -> tuple[Edit, ...] | None:
    """The edits after which `field` names these records too; None where they can't be made safely.

    They only ever add text, and what the frontmatter says then is exactly what it said, with the
    ids at the end of the list.
    """
    text = record.source.text(record.yaml_start, record.yaml_end)
    wanted = _with_ids(record.metadata, field, ids)
    inserts = _inserts(text, field, [_written(one) for one in ids])
    if wanted is None or inserts is None:
        return None
    changed = _inserted(text, inserts)
    document = strict_yaml.load(changed)
    if document.faults or document.value != wanted or not changed.endswith("\n"):
        return None
    start = record.yaml_start
    places = [(start + len(text[:at].encode()), piece) for at, piece in inserts]
    return tuple(Edit(at, at, piece) for at, piece in places)


def _written(record_id: str) -> str:
    """An id as YAML that is read as this text, also inside a list in brackets."""
    is_plain = _PLAIN.fullmatch(record_id) and strict_yaml.load(record_id).value == record_id
    return record_id if is_plain else "'" + record_id.replace("'", "''") + "'"


def _with_ids(metadata: Any, field: str, ids: Sequence[str]) -> dict[str, Any] | None:
    value = metadata.get(field)
    if value is None or isinstance(value, str | dict | list):
        old = value if isinstance(value, list) else [] if value is None else [value]
        return {**metadata, field: [*old, *ids]}
    return None


def _inserted(text: str, inserts: Sequence[tuple[int, str]]) -> str:
    for at, piece in reversed(inserts):
        text = text[:at] + piece + text[at:]
    return text


def _inserts(text: str, field: str, ids: Sequence[str]) -> list[tuple[int, str]] | None:
    """Texts to put in, each with its place; in the order of the places."""
    try:
        value = _value_of(text, field)
    except yaml.YAMLError:
        return None
    listed = ", ".join(ids)
    if value is None:
        opening = "" if not text or text.endswith("\n") else "\n"
        return [(len(text), f"{opening}{field}:\n" + "".join(f"  - {one}\n" for one in ids))]
    if value.kind == "nothing":
        return [(_line_end(text, value.end), "".join(f"\n  - {one}" for one in ids))]
    if value.kind == "flow-list":
        if value.last is None:
            return [(value.start + 1, listed)]
        return [(value.last, f", {listed}")]
    if value.kind == "list":
        # Blank lines belong to nothing, and a comment stays behind its item.
        end = _line_end(text, len(text[: value.last].rstrip()))
        item = _ITEM.match(" " * value.column + text[value.start :])
        dash = item[0] if item else " " * value.column + "- "
        return [(end, "".join(f"\n{dash}{one}" for one in ids))]
    if value.kind == "block":
        return None
    return [(value.start, "["), (value.end, f", {listed}]")]


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return found if found >= 0 else len(text)


def _value_of(text: str, field: str) -> _Value | None:
    """Where the value of a top-level key is; None where there is no such key."""
    events = iter(strict_yaml.events(text))
    while not isinstance(next(events, None), yaml.MappingStartEvent | None):
        pass
    while isinstance(key := next(events, None), yaml.ScalarEvent):
        value = _read_value(events)
        if key.value == field:
            return value
    return None


def _read_value(events: Iterator[Any]) -> _Value:
    """The value that begins with the next event."""
    first = next(events)
    start, end = first.start_mark.index, _end(first)
    if isinstance(first, yaml.ScalarEvent):
        return _Value("other" if start < end else "nothing", start, end)
    depth, last = 1, None
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            if depth == 0:
                end = _end(event)
                break
        last = _end(event)
    if isinstance(first, yaml.MappingStartEvent):
        return _Value("other" if first.flow_style else "block", start, end)
    kind = "flow-list" if first.flow_style else "list"
    return _Value(kind, start, end, last, first.start_mark.column)


def _end(event: Any) -> int:
    end: int = event.end_mark.index
    return end
