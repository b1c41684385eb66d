"""A new record of a type that has no `record.md.j2`: whatever the type demands, and no more."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from govkb.errors import ConfigurationError
from govkb.record_types import RecordType, SectionType
from govkb.record_types.fields import field_faults
from govkb.record_types.items import NAME, TEXT, ItemType
from govkb.record_types.prompts import DEFAULT_PROMPT
from govkb.scaffolding.escaping import heading_text, yaml_scalar

_TO_WRITE = "to be written"
_MOST_STEPS = 8


def default_record(record_type: RecordType, record_id: str, title: str, day: date) -> str:
    """The text of a record that `govkb check` has nothing to say about.

    Raises ConfigurationError where a field is required for which no value can be made up.
    """
    metadata = _metadata(record_type, record_id, title, day)
    faults = field_faults(record_type, metadata)
    if faults:
        message = f"new {record_type.plural.lower()} need a template: {faults[0].message}"
        raise ConfigurationError(message, "add record.md.j2 beside the type's type.yaml")
    front = "\n".join(f"{name}: {_written(value)}" for name, value in metadata.items())
    body = "\n\n".join((f"# {heading_text(title)}", *_sections(record_type)))
    return f"---\n{front}\n---\n\n{body}\n"


def _metadata(record_type: RecordType, record_id: str, title: str, day: date) -> Mapping[str, Any]:
    said = {"id": record_id, "type": record_type.name, "title": title}
    said["status"] = record_type.statuses.initial
    metadata = {name: value for name, value in said.items() if value and name in record_type.fields}
    demand = record_type.demands.get(record_type.statuses.initial)
    for name in (*record_type.required, *(demand.fields if demand else ())):
        if name not in metadata:
            metadata[name] = _value({"$ref": f"#/properties/{name}"}, record_type, day)
    return metadata


def _value(schema: Any, record_type: RecordType, day: date, depth: int = _MOST_STEPS) -> Any:
    """The simplest value that a schema allows, as far as it can be told; `depth` ends circles."""
    if not isinstance(schema, dict) or not depth:
        return _TO_WRITE
    for key in ("default", "const"):
        if key in schema:
            return schema[key]
    for options in (schema.get("enum"), schema.get("examples")):
        if options:
            return options[0]
    inner = _referred(schema, record_type) or next(
        (schema[key][0] for key in ("anyOf", "oneOf", "allOf") if schema.get(key)), None
    )
    if inner is not None:
        return _value(inner, record_type, day, depth - 1)
    return _of_kind(schema, record_type, day, depth)


def _referred(schema: Mapping[str, Any], record_type: RecordType) -> Any:
    """What a `$ref` leads to."""
    part, _, name = str(schema.get("$ref", "")).removeprefix("#/").partition("/")
    return record_type.schema.get(part, {}).get(name) if name else None


def _of_kind(schema: Mapping[str, Any], record_type: RecordType, day: date, depth: int) -> Any:
    kinds = schema.get("type", "string")
    match kinds if isinstance(kinds, str) else kinds[0]:
        case "array":
            items = range(schema.get("minItems", 0))
            return [_value(schema.get("items"), record_type, day, depth - 1) for _ in items]
        case "object":
            fields = schema.get("properties", {})
            needed = schema.get("required", ())
            return {n: _value(fields.get(n), record_type, day, depth - 1) for n in needed}
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "boolean":
            return False
        case "null":
            return None
    moments = {"date": day.isoformat(), "date-time": f"{day.isoformat()}T00:00:00Z"}
    return moments.get(schema.get("format", ""), _TO_WRITE)


def _sections(record_type: RecordType) -> Iterator[str]:
    demand = record_type.demands.get(record_type.statuses.initial)
    demanded = demand.sections if demand else ()
    due = [s for s in record_type.sections.values() if s in record_type.due_sections]
    due += [s for name, s in record_type.sections.items() if name in demanded and s not in due]
    for section in due:
        if section.within is None:
            yield _section(section, record_type, "##")
            yield from (_section(s, record_type, "###") for s in due if s.within == section.name)


def _section(section: SectionType, record_type: RecordType, marks: str) -> str:
    heading = f"{marks} {section.name}"
    for kind in record_type.items.values():
        if kind.is_expected and section.name in kind.sections:
            return f"{heading}\n\n{_first_item(kind)}"
    return heading if section.may_be_empty else f"{heading}\n\n{DEFAULT_PROMPT}"


def _first_item(kind: ItemType) -> str:
    name = kind.numbered(1)
    if kind.written != "table":
        return f"- {name}: {DEFAULT_PROMPT}"
    heads = [kind.heading(value).capitalize() for value in (NAME, TEXT)]
    return f"| {' | '.join(heads)} |\n|---|---|\n| {name} | {DEFAULT_PROMPT} |"


def _written(value: Any) -> str:
    return yaml_scalar(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
