"""Values of fields as somebody writes them on a command line: `severity=high`, `tags=vault,dns`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from govkb import strict_yaml
from govkb.errors import UsageError
from govkb.record_types import RecordType
from govkb.record_types.fields import Path, field_faults, schemas_at

_ALLOTTED = {
    "id": "the id is allotted; `govkb move` gives a record another",
    "type": "the type is the first word after `govkb new`",
    "title": "the title comes after the type",
}
_PLAIN = {"integer": (int,), "number": (int, float), "boolean": (bool,)}


def field_values(record_type: RecordType, given: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The values that the pairs of a field's name and a text mean for records of a type.

    A list is written with commas, in brackets, or one item at a time; what has parts is written in
    braces, and `source.brief` is a part of a field. Raises UsageError for what can't be read.
    """
    texts: dict[str, list[str]] = {}
    for name, text in given:
        texts.setdefault(name, []).append(text)
    found: dict[str, Any] = {}
    for name, said in texts.items():
        *above, last = name.split(".")
        inner = found
        for part in above:
            inner = inner.setdefault(part, {})
            if not isinstance(inner, dict):
                raise UsageError(f"`{name}` is part of a field that has a value already")
        inner[last] = _value(record_type, name, said)
    return found


def refuse_allotted(fields: Iterable[str]) -> None:
    """Raises UsageError where one of the fields isn't the author's to fill in a new record."""
    for name in fields:
        if name in _ALLOTTED:
            raise UsageError(f"`{name}` can't be given as a field", _ALLOTTED[name])


def joined(old: Any, new: Any) -> Any:
    """A value with the parts that it has already, where it has parts."""
    return {**old, **new} if isinstance(old, dict) and isinstance(new, dict) else new


def refuse_faults(
    record_type: RecordType, metadata: Mapping[str, Any], fields: Iterable[str]
) -> None:
    """Raises UsageError where the type's schema doesn't allow what these fields say."""
    wanted = set(fields)
    for fault in field_faults(record_type, metadata):
        if fault.path and fault.path[0] in wanted:
            raise UsageError(fault.message, fault.hint)


def _value(record_type: RecordType, name: str, texts: Sequence[str]) -> Any:
    path: Path = tuple(name.split("."))
    kinds = _kinds(record_type, path)
    if "array" in kinds:
        return _items(name, texts, _kinds(record_type, (*path, 0)))
    if len(texts) > 1:
        raise UsageError(f"`{name}` is given {len(texts)} times, and is no list")
    if "object" in kinds and texts[0].startswith("{"):
        return _read(name, texts[0], dict)
    read = strict_yaml.load(texts[0]).value if texts[0] else None
    is_plain = any(kind in kinds and type(read) in of for kind, of in _PLAIN.items())
    return read if is_plain else texts[0]


def _items(name: str, texts: Sequence[str], kinds: set[str]) -> list[Any]:
    """A list of items that may be of these kinds."""
    if "object" in kinds and any(text.startswith("{") for text in texts):
        return [_read(name, text, dict) if text.startswith("{") else text for text in texts]
    if len(texts) > 1:
        return list(texts)
    if texts[0].startswith("["):
        read = strict_yaml.load(texts[0])
        if not read.faults and isinstance(read.value, list):
            return read.value
        if "string" not in kinds:
            _read(name, texts[0], list)
    return [item.strip() for item in texts[0].split(",") if item.strip()]


def _read(name: str, text: str, wanted: type) -> Any:
    """A value in brackets or braces. Raises UsageError where it is none."""
    read = strict_yaml.load(text)
    if read.faults or not isinstance(read.value, wanted):
        reason = f": {read.faults[0].message}" if read.faults else ""
        example = "{name: value, other: value}"
        shown = example if wanted is dict else f"[{example}]"
        raise UsageError(f"`{name}` can't be read{reason}", f"write it as {shown}")
    return read.value


def _kinds(record_type: RecordType, path: Path) -> set[str]:
    """What a field may be, in the words of JSON Schema."""
    found = (schema.get("type", ()) for schema in schemas_at(record_type, path))
    return {kind for kinds in found for kind in ([kinds] if isinstance(kinds, str) else kinds)}
