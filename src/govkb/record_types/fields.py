"""What is wrong with a record's fields by its type's JSON Schema, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from govkb.record_types.likeness import nearest
from govkb.record_types.record_type import RecordType
from govkb.record_types.schema_words import CHOICES, Path, cut, demanded, dotted, meant, shown

__all__ = ["FieldFault", "Path", "dotted", "field_faults", "schemas_at"]

_FEW = 10


class FieldFault(Struct, frozen=True):
    """One fault of the metadata. `kind` is missing, unknown-field, unknown-value or invalid."""

    kind: str
    path: Path
    message: str
    hint: str | None = None


def field_faults(record_type: RecordType, metadata: Mapping[str, Any]) -> tuple[FieldFault, ...]:
    """Every fault of a record's metadata, in the validator's order."""
    if record_type.validator.is_valid(metadata):
        return ()
    errors = record_type.validator.iter_errors(metadata)
    return tuple(fault for error in errors for fault in _faults(record_type, error))


def _faults(record_type: RecordType, error: Any) -> Iterator[FieldFault]:
    path = tuple(error.instance_path)
    name = error.kind.name
    if name == "required":
        yield _missing(record_type, path, error.kind.property)
    elif name in ("additionalProperties", "unevaluatedProperties"):
        for unexpected in error.kind.unexpected:
            yield _unexpected(record_type, path, unexpected)
    elif name == "enum":
        yield _unknown_value(record_type, path, error.instance, error.kind.options)
    elif name in CHOICES and (inner := meant(error)):
        for each in inner:
            yield from _faults(record_type, each)
    else:
        yield _invalid(record_type, path, error)


def _missing(record_type: RecordType, path: Path, name: str) -> FieldFault:
    label = record_type.label
    owner = f"`{dotted(path)}`" if path else f"{_article(label)} {label.lower()}"
    message = f"{owner} must have the field `{name}`"
    expected = _expected(record_type, (*path, name))
    if not expected and (*path, name) == ("id",):
        expected = "an id such as " + " or ".join(form.id.example for form in record_type.forms)
    hint = f"add `{name}:` with {expected}" if expected else f"add `{name}:`"
    if not record_type.needs_frontmatter and (*path, name) == ("title",):
        hint = "begin with a heading: `# What it is about`"
    return FieldFault("missing", (*path, name), message, hint)


def _unexpected(record_type: RecordType, path: Path, name: str) -> FieldFault:
    known = [n for s in schemas_at(record_type, path) for n in s.get("properties", ())]
    # What is known from the other end only is the last that an author means.
    inverses = () if path else record_type.inverses
    own = [field for field in known if field not in inverses]
    near = nearest(name, own) or nearest(name, known)
    message = f"{record_type.plural.lower()} have no field `{dotted((*path, name))}`"
    hint = f"did you mean `{near}`?" if near else f"known fields: {', '.join(sorted(own))}"
    if near is None and len(own) > _FEW:
        hint = f"`govkb types {record_type.name}` lists the fields that there are"
    return FieldFault("unknown-field", (*path, name), message, hint)


def _unknown_value(
    record_type: RecordType, path: Path, value: Any, options: Iterable[Any]
) -> FieldFault:
    allowed = _proper(record_type, options)
    near = nearest(str(value), allowed)
    suggestion = f"did you mean {near!r}? " if near else ""
    message = f"{value!r} is no value for `{dotted(path)}`"
    return FieldFault("unknown-value", path, message, f"{suggestion}allowed: {', '.join(allowed)}")


def _invalid(record_type: RecordType, path: Path, error: Any) -> FieldFault:
    expected = _expected(record_type, path) or demanded(error.kind)
    reason = f"; it must be {expected}" if expected else f": {cut(error.message, 200)}"
    return FieldFault("invalid", path, f"`{dotted(path)}` is {shown(error.instance)}{reason}")


def _expected(record_type: RecordType, path: Path) -> str:
    """The description of what is in force at a path, empty where it has none."""
    for schema in schemas_at(record_type, path):
        if "enum" in schema:
            return "one of " + ", ".join(_proper(record_type, schema["enum"]))
        if "description" in schema:
            return str(schema["description"])
    return ""


def _proper(record_type: RecordType, options: Iterable[Any]) -> list[str]:
    """The values of a vocabulary under their own names."""
    spellings = [spelling for names in record_type.spellings.values() for spelling in names]
    return [str(option) for option in options if option not in spellings]


def schemas_at(record_type: RecordType, path: Path) -> list[Mapping[str, Any]]:
    """The JSON Schemas that may be in force at a path, each alternative by itself."""
    found = _alternatives(record_type, record_type.schema)
    for part in path:
        inner = (
            s.get("items") if isinstance(part, int) else s.get("properties", {}).get(part)
            for s in found
        )
        found = [each for schema in inner for each in _alternatives(record_type, schema)]
    return found


def _alternatives(record_type: RecordType, schema: Any, depth: int = 8) -> list[Mapping[str, Any]]:
    """A schema, what it refers to, and what it offers as a choice; `depth` ends circles."""
    if not isinstance(schema, dict) or not depth:
        return []
    reference = str(schema.get("$ref", "")).removeprefix("#/$defs/")
    inner = [record_type.schema["$defs"].get(reference), *schema.get("allOf", ())]
    inner += [each for choice in CHOICES for each in schema.get(choice, ())]
    return [schema, *(s for each in inner for s in _alternatives(record_type, each, depth - 1))]


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"
