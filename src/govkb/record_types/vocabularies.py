"""What every type shares: named schemas, common fields and relations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from govkb.errors import ConfigurationError
from govkb.record_types.declarations import (
    Declaration,
    DeclarationFault,
    Where,
    read_declaration,
)
from govkb.record_types.json_schemas import DEFINITIONS, SchemaError, check_names, compiled
from govkb.record_types.likeness import did_you_mean
from govkb.record_types.relation_types import RelationType
from govkb.record_types.status_words import check_status_words
from govkb.template_files import TemplateFiles

_ITEMS = "item.schema.yaml"
_PARTS = ("definitions", "fields", "relations", "items")


class Vocabulary(Struct, frozen=True):
    """What every type shares.

    `definitions` are JSON Schemas by name, in which an `enum` lists the values proper; `spellings`
    has other ways to write them, by the name of the definition. `items` are kinds of items, as they
    are declared, that types may have. With a file that can't be used the
    vocabulary is not `is_whole`: then nothing can be said about fields.
    """

    definitions: Mapping[str, Any]
    fields: Mapping[str, Any]
    relations: Mapping[str, RelationType]
    spellings: Mapping[str, Mapping[str, str]] = {}
    is_whole: bool = True
    items: Mapping[str, Any] = {}


def load_vocabulary(files: TemplateFiles) -> tuple[Vocabulary, list[DeclarationFault]]:
    """The vocabulary in force, a repository's own laid over govkb's, with what is wrong with it."""
    schema = shipped_schema(files, "vocabulary.schema.yaml")
    merged: dict[str, dict[str, Any]] = {part: {} for part in _PARTS}
    layers = [read_declaration(file, schema) for file in files.layers("vocabulary.yaml")]
    for layer in layers:
        for part, entries in layer.data.items() if not layer.faults else ():
            merged[part] |= entries
    definitions, spellings = _definitions(merged["definitions"])
    for layer in layers[1:]:  # govkb's own is held against all this by a test
        if not layer.faults:
            check_vocabulary(layer, definitions, files.known_types())
            check_status_words(layer, files)
    faults = [fault for layer in layers for fault in layer.faults]
    relations = {name: _relation(name, data) for name, data in merged["relations"].items()}
    fields, items = merged["fields"], merged["items"]
    return Vocabulary(definitions, fields, relations, spellings, not faults, items), faults


def shipped_schema(files: TemplateFiles, name: str) -> Any:
    """The compiled JSON Schema of declarations of one kind: always the one that govkb ships."""
    file = next(iter(files.layers(name)), None)
    if file is None:
        raise ConfigurationError(f"{name} is missing", "install govkb again")
    schema = read_declaration(file).data
    shared = next(iter(files.layers(_ITEMS)), None)
    if name != _ITEMS and shared is not None:
        # What is said of items is the same in a type and in the vocabulary.
        schema["$defs"] = {**read_declaration(shared).data["$defs"], **schema["$defs"]}
    return compiled(schema)


def _definitions(
    merged: Mapping[str, Mapping[str, Any]],
) -> tuple[dict[str, Any], dict[str, Mapping[str, str]]]:
    """The definitions as JSON Schema, and what that has no word for: other spellings of values."""
    definitions = {
        name: {key: value for key, value in data.items() if key != "spellings"}
        for name, data in merged.items()
    }
    spellings = {n: data["spellings"] for n, data in merged.items() if "spellings" in data}
    return definitions, spellings


def _relation(name: str, data: Mapping[str, Any]) -> RelationType:
    symmetric = data.get("symmetric", False)
    inverse = name if symmetric else data.get("inverse", f"{name}_of")
    label = data["label"]
    inverse_label = label if symmetric else data.get("inverse_label", inverse.replace("_", " "))
    return RelationType(
        name,
        label,
        inverse,
        inverse_label,
        acyclic=data.get("acyclic", False),
        targets=tuple(data.get("targets", ())),
        qualifiers=data.get("qualifiers", {}),
        is_later=data.get("later", False),
        is_temporary=data.get("temporary", False),
        void_while=frozenset(data.get("void_while", ())),
        target_status=tuple(data.get("target_status", ())),
        waits=data.get("waits"),
        settled_by=data.get("settled_by"),
        is_returned=data.get("returned", False),
        is_list=data.get("list", False),
    )


def check_vocabulary(
    declaration: Declaration, definitions: Mapping[str, Any], type_names: list[str]
) -> None:
    """Notes what a vocabulary names and nobody has declared, and schemas that can't be used."""
    _check_spellings(declaration)
    for name, data in declaration.data.get("relations", {}).items():
        check_names(declaration, ("relations", name), data, definitions)
        for target in set(data.get("targets", ())) - set(type_names):
            where = ("relations", name, "targets")
            message = f"no type is called {target!r}"
            declaration.fault(where, message, did_you_mean(target, type_names))
    for part in ("definitions", "fields"):
        for name, schema in declaration.data.get(part, {}).items():
            before = len(declaration.faults)
            check_names(declaration, (part, name), schema, definitions)
            if part == "definitions" and _leads_back(name, definitions):
                message = f"`{name}` only leads back to itself, so that it says nothing"
                declaration.fault((part, name), message)
            if len(declaration.faults) == before:
                _try(declaration, (part, name), schema, definitions)


def _leads_back(name: str, definitions: Mapping[str, Any]) -> bool:
    """Whether a definition is nothing but another name of one that is another name of it."""
    seen: list[str] = []
    while name not in seen:
        seen.append(name)
        name = str(definitions.get(name, {}).get("$ref", "")).removeprefix(DEFINITIONS)
    return name == seen[0]


def _try(
    declaration: Declaration, where: Where, schema: Any, definitions: Mapping[str, Any]
) -> None:
    try:
        compiled({"properties": {"it": schema}, "$defs": definitions})
    except SchemaError as error:
        declaration.fault(where, f"`{'.'.join(str(part) for part in where)}`: {error}")


def _check_spellings(declaration: Declaration) -> None:
    for name, definition in declaration.data.get("definitions", {}).items():
        values = definition.get("enum", ())
        for spelling, value in definition.get("spellings", {}).items():
            where = ("definitions", name, "spellings", spelling)
            if value not in values:
                allowed = ", ".join(str(v) for v in values)
                message = f"the spelling {spelling!r} stands for {value!r}, which is no value"
                declaration.fault(where, message, f"values: {allowed}")
            elif spelling in values:
                declaration.fault(where, f"{spelling!r} is a value of its own")
