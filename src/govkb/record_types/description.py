"""A type in plain values, for people and programs that ask what it demands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govkb.record_types.items import ItemType
from govkb.record_types.json_schemas import DEFINITIONS
from govkb.record_types.record_type import RecordType, UpdateShape

_KINDS = {"string": "text", "array": "list", "object": "fields", "boolean": "true or false"}


def describe(record_type: RecordType) -> dict[str, Any]:
    """Everything that a type declares, as JSON values; what it doesn't declare is empty."""
    return {
        "name": record_type.name,
        "names": list(record_type.names),
        "label": record_type.label,
        "plural": record_type.plural,
        "purpose": record_type.purpose,
        "frontmatter": "required" if record_type.needs_frontmatter else "optional",
        "extra_fields": "refuse" if record_type.needs_known_fields else "allow",
        "ids": [
            {
                "form": form.id.template,
                "example": form.id.example,
                "paths": [path.template for path in form.paths],
            }
            for form in record_type.forms
        ],
        "aliases": [alias.template for alias in record_type.aliases],
        "statuses": _statuses(record_type),
        "fields": [
            _field(record_type, name) for name in record_type.fields if _is_own(record_type, name)
        ],
        "classifications": _classifications(record_type),
        "append_only": record_type.append_only_body,
        "updates": _updates(record_type.updates),
        "sections": _sections(record_type),
        "items": _items(record_type),
        "relations": _relations(record_type),
        "decomposed": _decomposed(record_type),
        "entitled": {
            of.field: {
                "in": list(of.within),
                "through": {r: list(f) for r, f in of.through.items()},
            }
            for of in record_type.entitlements
        },
        "execution": _execution(record_type),
        "named_after": {
            field: [form.template for form in forms]
            for field, forms in record_type.named_after.items()
        },
    }


def _is_own(record_type: RecordType, name: str) -> bool:
    return name not in record_type.relations and name not in record_type.inverses


def _statuses(record_type: RecordType) -> list[dict[str, Any]]:
    machine = record_type.statuses
    return [
        {
            "name": name,
            "initial": name == machine.initial,
            "done": name in machine.done,
            "moves_to": list(machine.moves[name]),
            "synonyms": [other for other, meant in machine.synonyms.items() if meant == name],
            "frozen": name == record_type.frozen_after,
            "demands": _demands(record_type, name),
        }
        for name in machine.names
    ]


def _demands(record_type: RecordType, status: str) -> dict[str, Any]:
    demand = record_type.demands.get(status)
    if demand is None:
        return {}
    related = [{"to": list(r.to), "at_least": r.at_least, "by": list(r.by)} for r in demand.related]
    values = {".".join(value.path): list(value.allowed) for value in demand.values}
    return {
        "fields": list(demand.fields),
        "sections": list(demand.sections),
        "values": values,
        "related": related,
    }


def _field(record_type: RecordType, name: str) -> dict[str, Any]:
    schema = record_type.schema["properties"][name]
    reference = str(schema.get("$ref", "")).removeprefix(DEFINITIONS)
    source = record_type.from_body.get(name, ())
    return {
        "name": name,
        "required": name in record_type.required,
        "vocabulary": reference or None,
        "kind": kind_of(record_type, schema),
        "values": [str(value) for value in record_type.vocabulary_of(name)],
        "default": record_type.defaults.get(name),
        "from_body": list(
            dict.fromkeys(s.line or s.section for s in source if s.line or s.section)
        ),
    }


def _classifications(record_type: RecordType) -> list[dict[str, Any]]:
    return [
        {
            "field": of.field,
            "history": of.history,
            "filed": of.filed,
            "probe": "required" if of.needs_probe else "optional",
            "stale_after": of.stale_after,
        }
        for of in record_type.classifications
    ]


def _decomposed(record_type: RecordType) -> dict[str, Any]:
    of = record_type.decomposition
    return {} if of is None else {"by": of.relation, "above": [dict(limit) for limit in of.limits]}


def _execution(record_type: RecordType) -> dict[str, Any]:
    of = record_type.execution
    if of is None:
        return {}
    return {
        "field": of.field,
        "in": sorted(of.statuses),
        "done": sorted(of.done),
        "by": of.by,
        "within": of.within,
        "shown": {
            "in": sorted(of.shown_for),
            "relations": list(of.shown_by),
            "sections": list(of.sections),
        },
    }


def kind_of(record_type: RecordType, schema: Mapping[str, Any], depth: int = 8) -> str:
    """What sort of value a schema takes, in a word or two; its description where it has one.

    `depth` ends circles, as in a list of such lists.
    """
    if not depth:
        return "and so on"
    named = str(schema.get("$ref", "")).removeprefix(DEFINITIONS)
    if named in record_type.schema["$defs"]:
        definition = {**record_type.schema["$defs"][named], **_described(schema)}
        return kind_of(record_type, definition, depth - 1)
    if "description" in schema:
        return str(schema["description"])
    if "enum" in schema:
        return "one of a list of values"
    if schema.get("type") == "array" and isinstance(schema.get("items"), dict):
        return f"list of: {kind_of(record_type, schema['items'], depth - 1)}"
    if "properties" in schema:
        return f"fields: {', '.join(schema['properties'])}"
    kinds = schema.get("type", "any value")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    words = [str(schema.get("format", _KINDS.get(kind, kind))) for kind in kinds]
    return " or ".join(words)


def _described(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {key: schema[key] for key in ("description",) if key in schema}


def _sections(record_type: RecordType) -> list[dict[str, Any]]:
    return [
        {
            "name": section.name,
            "required": section.required,
            "required_for": {name: list(values) for name, values in section.required_for.items()},
            "within": section.within,
            "aliases": list(section.aliases),
            "may_be_empty": section.may_be_empty,
            "append_only": section.append_only,
            "cumulative": section.cumulative,
            "carry_forward": section.carry_forward,
            "carried_at_most": section.carried_at_most,
            "updates": _updates(section.updates),
            "cites": section.cites,
            "counts": section.counts,
            "lists_files": section.lists_files,
        }
        for section in record_type.sections.values()
    ]


def _items(record_type: RecordType) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind.kind,
            "label": kind.label,
            "sections": list(kind.sections),
            "field": kind.in_field,
            "written": kind.written,
            "name": kind.name.template if kind.name is not None else None,
            "states": list(kind.states),
            "done": [state for state in kind.states if state in kind.done],
            "values": list(kind.values),
            "needs": [
                {
                    "values": list(need.values),
                    "any_of": list(need.any_of),
                    "in": [state for state in kind.states if state in need.states],
                    "where": {name: list(choices) for name, choices in need.where.items()},
                }
                for need in kind.needs
            ],
            "blocks": list(kind.blocks),
            "binding": {name: list(choices) for name, choices in kind.binding.items()},
            "fenced": kind.is_fenced,
            "names_one_of": {name: list(of) for name, of in kind.names.items()},
            "classes": _classes(kind),
        }
        for kind in record_type.items.values()
    ]


def _classes(kind: ItemType) -> dict[str, Any]:
    of = kind.classes
    if of is None:
        return {}
    return {"by": of.by, "default": of.default, "of": [".".join(path) for path in of.of]}


def _updates(shape: UpdateShape | None) -> dict[str, Any] | None:
    return {"heading": shape.heading, "demands": list(shape.demands)} if shape else None


def _relations(record_type: RecordType) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": relation.label,
            "inverse": relation.inverse,
            "symmetric": relation.is_symmetric,
            "acyclic": relation.acyclic,
            "to": list(record_type.uses[name].to),
            "at_least": record_type.uses[name].at_least,
            "at_most": record_type.uses[name].at_most,
            "list": record_type.uses[name].is_list,
            "qualifiers": list(record_type.uses[name].qualifiers),
        }
        for name, relation in record_type.relations.items()
    ]
