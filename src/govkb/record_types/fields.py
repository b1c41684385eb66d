"""What is wrong with a record's fields by its type's JSON Schema, in words for people."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from govkb.record_types.record_type import RecordType

_TYPE_WORDS = {
    "string": "text",
    "array": "a list",
    "object": "fields of its own",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "empty",
}


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One fault of the metadata. `kind` is missing, unknown-field, unknown-value or invalid."""

    kind: str
    path: tuple[str | int, ...]
    message: str
    hint: str | None = None


def field_faults(record_type: RecordType, metadata: Mapping[str, Any]) -> Iterator[FieldFault]:
    """Every fault of a record's metadata, in the validator's order."""
    if record_type.validator.is_valid(metadata):
        return
    for error in record_type.validator.iter_errors(metadata):
        path = tuple(error.instance_path)
        match error.kind.name:
            case "required":
                yield _missing(record_type, path, error.kind.property)
            case "additionalProperties":
                for name in error.kind.unexpected:
                    yield _unexpected(record_type, path, name)
            case "enum":
                yield _unknown_value(path, error.instance, error.kind.options)
            case _:
                yield _invalid(record_type, path, error)


def dotted(path: tuple[str | int, ...]) -> str:
    """A path as people write it: `relates_to[2].ref`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _missing(record_type: RecordType, path: tuple[str | int, ...], name: str) -> FieldFault:
    label = record_type.label
    owner = f"`{dotted(path)}`" if path else f"{_article(label)} {label.lower()}"
    message = f"{owner} must have the field `{name}`"
    expected = _expected(record_type, (*path, name))
    if not expected and (*path, name) == ("id",):
        expected = "an id such as " + " or ".join(form.id.example for form in record_type.forms)
    return FieldFault(
        "missing", path, message, f"add `{name}:` with {expected}" if expected else None
    )


def _unexpected(record_type: RecordType, path: tuple[str | int, ...], name: str) -> FieldFault:
    known = _known_fields(record_type, path)
    near = difflib.get_close_matches(name, known, 1)
    label = record_type.plural.lower()
    message = f"{label} have no field `{dotted((*path, name))}`"
    hint = f"did you mean `{near[0]}`?" if near else f"known fields: {', '.join(sorted(known))}"
    return FieldFault("unknown-field", (*path, name), message, hint)


def _unknown_value(path: tuple[str | int, ...], value: Any, options: list[Any]) -> FieldFault:
    allowed = [str(option) for option in options]
    near = difflib.get_close_matches(str(value).lower(), [a.lower() for a in allowed], 1)
    suggestion = f"did you mean {near[0]!r}? " if near else ""
    message = f"{value!r} is no value for `{dotted(path)}`"
    return FieldFault("unknown-value", path, message, f"{suggestion}allowed: {', '.join(allowed)}")


def _invalid(record_type: RecordType, path: tuple[str | int, ...], error: Any) -> FieldFault:
    shown = _shown(error.instance)
    expected = _expected(record_type, path)
    if not expected and error.kind.name == "type":
        expected = " or ".join(_TYPE_WORDS.get(t, t) for t in error.kind.types)
    if expected:
        return FieldFault("invalid", path, f"`{dotted(path)}` is {shown}; it must be {expected}")
    return FieldFault("invalid", path, f"`{dotted(path)}` is {shown}: {error.message}")


def _expected(record_type: RecordType, path: tuple[str | int, ...]) -> str:
    """The description of the schema that is in force at a path, empty where it has none."""
    schema = _schema_at(record_type, path)
    if "enum" in schema:
        return "one of " + ", ".join(str(option) for option in schema["enum"])
    return str(schema.get("description", ""))


def _schema_at(record_type: RecordType, path: tuple[str | int, ...]) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = record_type.schema
    for part in path:
        schema = _followed(record_type, schema)
        if isinstance(part, int):
            schema = schema.get("items", {})
        else:
            schema = schema.get("properties", {}).get(part, {})
    return _followed(record_type, schema)


def _followed(record_type: RecordType, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = schema.get("$ref", "")
    if not reference.startswith("#/$defs/"):
        return schema
    found: Mapping[str, Any] = record_type.schema["$defs"].get(
        reference.removeprefix("#/$defs/"), {}
    )
    return found


def _known_fields(record_type: RecordType, path: tuple[str | int, ...]) -> list[str]:
    return list(_schema_at(record_type, path).get("properties", {}))


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "fields of its own"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if value is None or value == "":
        return "empty"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…'"


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"
