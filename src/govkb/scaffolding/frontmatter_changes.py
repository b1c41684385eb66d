"""Changes of a frontmatter that touch only the lines they are about.

Comments, order, quotes and everything else stay as the author had them. After each change the
frontmatter says exactly what it said and the change; where that can't be had there is no change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import yaml
from msgspec import Struct

from govkb import strict_yaml
from govkb.diagnostics import Edit
from govkb.reading import Record
from govkb.scaffolding.escaping import yaml_scalar
from govkb.scaffolding.yaml_places import YamlValue, line_end, values_in

_PLAIN = re.compile("[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_ITEM = re.compile(r" *- +", re.ASCII)

# A stretch of a text, in characters, and what takes its place.
Piece = tuple[int, int, str]
Places = Mapping[str, YamlValue]


def frontmatter(fields: Mapping[str, Any]) -> str:
    """A frontmatter that says just this."""
    lines = (
        f"{name}: {scalar(value) if isinstance(value, str) else _in_a_line(value)}\n"
        for name, value in fields.items()
    )
    return f"---\n{''.join(lines)}---\n"


def _in_a_line(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return f"[{', '.join(map(scalar, value))}]"
    return json.dumps(value, ensure_ascii=False)


class Change(Protocol):
    """One change of a frontmatter, in the field that it names."""

    @property
    def field(self) -> str:
        """The field."""

    def pieces(self, text: str, places: Places) -> list[Piece] | None:
        """What to change in the YAML text; None where it can't be done."""

    def applied(self, value: dict[str, Any]) -> dict[str, Any] | None:
        """What the frontmatter says afterwards; None where that makes no sense."""


class Put(Struct, frozen=True):
    """A field gets a single value. A new field stands after another, or last."""

    field: str
    value: Any
    after: str = ""

    def pieces(self, text: str, places: Places) -> list[Piece] | None:
        """See Change."""
        place = places.get(self.field)
        if place is None:
            return [_new_lines(text, places, self.after, f"{self.field}: {self._written()}\n")]
        if place.kind == "nothing":
            return [(place.start, place.start, f" {self._written()}")]
        if place.kind != "scalar":
            return None
        return [(place.start, place.end, self._written(place.quote))]

    def applied(self, value: dict[str, Any]) -> dict[str, Any]:
        """See Change."""
        return {**value, self.field: self.value}

    def _written(self, quote: str = "") -> str:
        if not isinstance(self.value, str):
            return json.dumps(self.value)
        if quote == "'":
            return "'" + self.value.replace("'", "''") + "'"
        return json.dumps(self.value, ensure_ascii=False) if quote else scalar(self.value)


class Replace(Struct, frozen=True):
    """A field says something else, whatever it said: a text, a list, or parts with names."""

    field: str
    value: Any

    def pieces(self, text: str, places: Places) -> list[Piece] | None:
        """See Change."""
        place, written = places.get(self.field), self._written()
        if place is None:
            return [_new_lines(text, places, "", f"{self.field}: {written}\n")]
        if place.kind == "nothing":
            return [(place.start, place.start, f" {written}")]
        if place.kind == "block":
            return None
        if place.kind != "list" or place.last is None:
            return [(place.start, place.end, written)]
        if isinstance(self.value, list) and self.value:
            dash = dash_of(text, place)
            written = f"\n{dash}".join(map(_flow_value, self.value))
            written = dash.lstrip() + written
        return [(place.start, place.last, written)]

    def applied(self, value: dict[str, Any]) -> dict[str, Any]:
        """See Change."""
        return {**value, self.field: self.value}

    def _written(self) -> str:
        return scalar(self.value) if isinstance(self.value, str) else _flow_value(self.value)


class AddStep(Struct, frozen=True):
    """A list of steps gets one more, written as the one before it is."""

    field: str
    step: Mapping[str, Any]
    after: str = ""

    def pieces(self, text: str, places: Places) -> list[Piece] | None:
        """See Change."""
        place = places.get(self.field)
        if place is None:
            lines = f"{self.field}:\n{_block('  - ', self.step)}\n"
            return [_new_lines(text, places, self.after, lines)]
        if place.kind == "nothing":
            end = line_end(text, place.end)
            return [(end, end, "\n" + _block("  - ", self.step))]
        if place.kind == "flow-list" and place.last is not None:
            return [(place.last, place.last, f", {_flow_value(self.step)}")]
        if place.kind == "flow-list":
            start = len(text[: place.start].rstrip(" "))
            return [(start, place.end, "\n" + _block("  - ", self.step))]
        if place.kind != "list" or place.last is None:
            return None
        # Blank lines belong to nothing, and a comment stays behind its item.
        end = line_end(text, len(text[: place.last].rstrip()))
        dash = dash_of(text, place)
        step = dash + _flow_value(self.step) if place.ends_in_flow else _block(dash, self.step)
        return [(end, end, "\n" + step)]

    def applied(self, value: dict[str, Any]) -> dict[str, Any] | None:
        """See Change."""
        old = value.get(self.field)
        if old is not None and not isinstance(old, list):
            return None
        return {**value, self.field: [*(old or ()), dict(self.step)]}


class AddIds(Struct, frozen=True):
    """A field that names records names more of them, at the end."""

    field: str
    ids: tuple[str, ...]

    def pieces(self, text: str, places: Places) -> list[Piece] | None:
        """See Change."""
        ids, place = [written_id(one) for one in self.ids], places.get(self.field)
        listed = ", ".join(ids)
        if place is None:
            opening = "" if not text or text.endswith("\n") else "\n"
            lines = f"{opening}{self.field}:\n" + "".join(f"  - {one}\n" for one in ids)
            return [(len(text), len(text), lines)]
        if place.kind == "nothing":
            end = line_end(text, place.end)
            return [(end, end, "".join(f"\n  - {one}" for one in ids))]
        if place.kind == "flow-list":
            if place.last is None:
                return [(place.start + 1, place.start + 1, listed)]
            return [(place.last, place.last, f", {listed}")]
        if place.kind == "list" and place.last is not None:
            end = line_end(text, len(text[: place.last].rstrip()))
            return [(end, end, "".join(f"\n{dash_of(text, place)}{one}" for one in ids))]
        if place.kind == "block":
            return None
        return [(place.start, place.start, "["), (place.end, place.end, f", {listed}]")]

    def applied(self, value: dict[str, Any]) -> dict[str, Any] | None:
        """See Change."""
        old = value.get(self.field)
        if old is not None and not isinstance(old, str | dict | list):
            return None
        listed = old if isinstance(old, list) else [] if old is None else [old]
        return {**value, self.field: [*listed, *self.ids]}


def frontmatter_edits(record: Record, changes: Sequence[Change]) -> tuple[Edit, ...] | None:
    """The edits of a record's file that make all of the changes; None where that can't be."""
    text = record.source.text(record.yaml_start, record.yaml_end)
    wanted = strict_yaml.load(text).value
    try:
        places = values_in(text)
    except yaml.YAMLError:
        return None
    pieces: list[Piece] = []
    for change in changes:
        if change.field in record.metadata and change.field not in (wanted or ()):
            # It stands in the body, and would count for nothing once it is here.
            return None
        found = change.pieces(text, places)
        wanted = change.applied(wanted) if isinstance(wanted, dict) else None
        if found is None or wanted is None:
            return None
        pieces += found
    pieces.sort(key=lambda piece: piece[:2])
    changed = _with(text, pieces)
    document = strict_yaml.load(changed)
    if document.faults or document.value != wanted or not changed.endswith("\n"):
        return None
    start = record.yaml_start
    at = (len(text[: piece[0]].encode()) for piece in pieces)
    ends = (len(text[: piece[1]].encode()) for piece in pieces)
    return tuple(
        Edit(start + first, start + end, piece[2])
        for first, end, piece in zip(at, ends, pieces, strict=True)
    )


def scalar(text: str) -> str:
    """A text as YAML on a line of its own that is read back as the same text."""
    return written_id(text) if _PLAIN.fullmatch(text) else yaml_scalar(text)


def written_id(record_id: str) -> str:
    """An id as YAML that is read as this text, also inside a list in brackets."""
    is_plain = _PLAIN.fullmatch(record_id) and strict_yaml.load(record_id).value == record_id
    return record_id if is_plain else "'" + record_id.replace("'", "''") + "'"


def dash_of(text: str, place: YamlValue) -> str:
    """What the items of a list begin with."""
    item = _ITEM.match(" " * place.column + text[place.start :])
    return item[0] if item else " " * place.column + "- "


def _new_lines(text: str, places: Places, after: str, lines: str) -> Piece:
    """New lines after those of another field, or at the end."""
    anchor = places.get(after)
    if anchor is None:
        opening = "" if not text or text.endswith("\n") else "\n"
        return len(text), len(text), opening + lines
    end = anchor.last if anchor.kind == "list" and anchor.last is not None else anchor.end
    at = line_end(text, len(text[:end].rstrip()))
    return at, at, "\n" + lines.removesuffix("\n")


def _block(dash: str, step: Mapping[str, Any]) -> str:
    """A step over several lines, and what is nested in it as well."""
    indent = " " * len(dash)
    lines = []
    for key, value in step.items():
        if isinstance(value, Mapping):
            lines += [f"{key}:", *(f"  {inner}: {scalar(said)}" for inner, said in value.items())]
        else:
            lines.append(f"{key}: {scalar(value)}")
    return dash + f"\n{indent}".join(lines)


def _flow_value(value: Any) -> str:
    """A value on one line, whatever is in it."""
    match value:
        case str():
            return _flow_scalar(value)
        case Mapping():
            return f"{{{', '.join(f'{k}: {_flow_value(v)}' for k, v in value.items())}}}"
        case list():
            return f"[{', '.join(map(_flow_value, value))}]"
    return json.dumps(value)


def _flow_scalar(text: str) -> str:
    is_safe = (
        strict_yaml.load(f"[{text}]\n").value == [text]
        if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._/!-]*", text, re.ASCII)
        else False
    )
    return text if is_safe else json.dumps(text, ensure_ascii=False)


def _with(text: str, pieces: Sequence[Piece]) -> str:
    for start, end, piece in reversed(pieces):
        text = text[:start] + piece + text[end:]
    return text
