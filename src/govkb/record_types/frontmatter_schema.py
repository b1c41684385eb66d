"""The JSON Schema of a type's frontmatter, made from its fields, the vocabulary and relations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govkb.record_types.declarations import Declaration
from govkb.record_types.json_schemas import (
    DEFINITIONS,
    SchemaError,
    check_names,
    compiled,
    named_definitions,
)
from govkb.record_types.relations import Relations, references_schema
from govkb.record_types.vocabularies import Vocabulary


def frontmatter_schema(
    declaration: Declaration, vocabulary: Vocabulary, relations: Relations
) -> dict[str, Any]:
    """The schema (JSON Schema 2020-12). A field with a default is not among those required."""
    data = declaration.data
    if vocabulary.is_whole:
        known = (*vocabulary.definitions, "references")
        for part in ("fields", "relations"):
            check_names(declaration, (part,), data.get(part), known)
    allows_more = data.get("extra_fields") == "allow" or not vocabulary.is_whole
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": data["label"],
        "description": data["purpose"],
        "type": "object",
        "properties": {
            **_common_fields(vocabulary),
            **_reference_fields(relations),
            **data.get("fields", {}),
        },
        "additionalProperties": allows_more,
        "$defs": {**_definitions(declaration, vocabulary), **_reference_definitions(relations)},
    }
    required = dict.fromkeys(("id", *data.get("required", ())))
    defaults = defaults_of(schema)
    schema["required"] = [name for name in required if name not in defaults]
    return schema


def defaults_of(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The values of fields that may be left out, by field."""
    defaults: dict[str, Any] = {}
    for name, field in schema["properties"].items():
        if isinstance(field, dict):
            named = schema["$defs"].get(str(field.get("$ref", "")).removeprefix(DEFINITIONS), {})
            for place in (field, named):
                if "default" in place:
                    defaults.setdefault(name, place["default"])
    return defaults


def validator_for(declaration: Declaration, schema: dict[str, Any]) -> Any:
    """The compiled schema; where it can't be used, None, and the declaration says why."""
    try:
        validator = compiled(schema)
    except SchemaError as error:
        _find_culprits(declaration, schema, str(error))
        return None
    defaults = defaults_of(schema)
    lenient = compiled({**schema, "required": []}) if defaults else validator
    for name, value in defaults.items():
        if not lenient.is_valid({name: value}):
            message = f"`{name}`: its default {value!r} is no value of it"
            declaration.fault(("fields", name), message)
    return validator


def _common_fields(vocabulary: Vocabulary) -> Mapping[str, Any]:
    return vocabulary.fields if vocabulary.is_whole else {name: {} for name in vocabulary.fields}


def _reference_fields(relations: Relations) -> dict[str, Any]:
    fields = {name: {"$ref": f"{DEFINITIONS}references"} for name in relations.inverses}
    for name, use in relations.uses.items():
        definition = f"references-{name}" if use.qualifiers else "references"
        fields[name] = {"$ref": f"{DEFINITIONS}{definition}"}
        inverse = relations.relations[name].inverse
        fields[inverse] = fields[name]
    return fields


def _reference_definitions(relations: Relations) -> dict[str, Any]:
    qualified = {
        f"references-{name}": references_schema(use.qualifiers)
        for name, use in relations.uses.items()
        if use.qualifiers
    }
    return {"references": references_schema({}), **qualified}


def _definitions(declaration: Declaration, vocabulary: Vocabulary) -> dict[str, Any]:
    if not vocabulary.is_whole:  # what a name stands for isn't known: then everything fits
        names = {name for _, name in named_definitions(declaration.data)}
        return {name: {} for name in (*vocabulary.definitions, *sorted(names))}
    return {
        name: {**definition, "enum": [*definition["enum"], *vocabulary.spellings[name]]}
        if name in vocabulary.spellings
        else definition
        for name, definition in vocabulary.definitions.items()
    }


def _find_culprits(declaration: Declaration, schema: dict[str, Any], reason: str) -> None:
    """Notes each field that can't be used by itself; where none is to blame, the whole."""
    before = len(declaration.faults)
    for name, field in declaration.data.get("fields", {}).items():
        try:
            compiled({"$defs": schema["$defs"], "properties": {name: field}})
        except SchemaError as error:
            declaration.fault(("fields", name), f"`fields.{name}`: {error}")
    if len(declaration.faults) == before:
        declaration.fault(("fields",), f"`fields`: {reason}")
