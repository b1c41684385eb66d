"""The JSON Schema of a type's frontmatter for editors, with everything that they can help with."""

from __future__ import annotations

import re
from typing import Any

from govkb.record_types.json_schemas import named_definitions
from govkb.record_types.record_type import RecordType

# Python escapes characters that other dialects don't want escaped.
_NEEDLESS_ESCAPE = re.compile(r"\\([-#&~ ])")


def editor_schema(record_type: RecordType, handed_down: tuple[str, ...] | None) -> dict[str, Any]:
    """A schema (2020-12) that stands by itself.

    It says more than the one that records are checked by (ids, statuses), since an editor knows no
    rules, and demands less: not what may stand in the body, nor what folders may hand down. These
    hand down everything but the fields in `handed_down`; None if they hand down nothing.
    """
    schema = dict(record_type.schema)
    schema["properties"] = {
        **schema["properties"],
        "id": _id(record_type),
        "type": _type(record_type),
        "status": _status(record_type),
    }
    schema["required"] = [
        name for name in schema["required"] if _is_due(record_type, name, handed_down)
    ]
    schema["$defs"] = _used(schema)
    order = ("$schema", "$id", "title", "description", "type", "required", "properties")
    schema["$id"] = f"urn:govkb:type:{record_type.name}"
    return {key: schema[key] for key in (*order, "additionalProperties", "$defs")}


def _type(record_type: RecordType) -> dict[str, Any]:
    if not record_type.names:
        return {"const": record_type.name}
    return {"enum": [record_type.name, *record_type.names]}


def _id(record_type: RecordType) -> dict[str, Any]:
    forms = [_portable(form.id.regex) for form in record_type.forms]
    return {
        "description": "an id such as " + " or ".join(f.id.example for f in record_type.forms),
        "type": "string",
        "pattern": f"^(?:{'|'.join(forms)})$",
    }


def _status(record_type: RecordType) -> dict[str, Any]:
    machine = record_type.statuses
    declared = record_type.schema["properties"].get("status", {"type": "string"})
    if machine.is_free:
        return dict(declared)
    # A synonym that ends in `…` is the beginning of a longer text.
    beginnings = [re.escape(s.removesuffix("…")) for s in machine.synonyms if s.endswith("…")]
    texts = [*machine.names, *(s for s in machine.synonyms if not s.endswith("…"))]
    if not beginnings:
        return {**declared, "enum": texts, "default": machine.initial}
    pattern = f"^(?:{_portable('|'.join(beginnings))})"
    return {
        **declared,
        "anyOf": [{"enum": texts}, {"pattern": pattern}],
        "default": machine.initial,
    }


def _portable(pattern: str) -> str:
    """A pattern without the escapes that Python allows and other dialects refuse."""
    return _NEEDLESS_ESCAPE.sub(r"\1", pattern)


def _is_due(record_type: RecordType, name: str, handed_down: tuple[str, ...] | None) -> bool:
    if not record_type.needs_frontmatter and name in ("id", "title", *record_type.from_body):
        return False
    return name not in record_type.from_body and (handed_down is None or name in handed_down)


def _used(schema: dict[str, Any]) -> dict[str, Any]:
    """The definitions that the properties need, and those that these need."""
    used: dict[str, Any] = {}
    due = [name for _, name in named_definitions(schema["properties"])]
    while due:
        name = due.pop()
        if name not in used:
            used[name] = schema["$defs"][name]
            due += [inner for _, inner in named_definitions(used[name])]
    return dict(sorted(used.items()))
