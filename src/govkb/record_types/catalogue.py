"""All record types and relations that are in force for a repository."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema_rs

from govkb.errors import ConfigurationError
from govkb.record_types.declarations import fault_in, read_declaration, shown
from govkb.record_types.id_patterns import IdPattern, PatternError
from govkb.record_types.record_type import (
    Demand,
    DerivedFigure,
    Form,
    Presentation,
    RecordType,
    RelationType,
    SectionType,
    StatusMachine,
)
from govkb.template_files import TemplateFiles

_STATUS_WORDS = ("initial", "done", "synonyms")
_REFERENCE = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "required": ["ref"],
            "additionalProperties": False,
            "properties": {"ref": {"type": "string", "minLength": 1}, "note": {"type": "string"}},
        },
    ]
}
_REFERENCES = {
    "description": "a record's id, {ref: ID, note: why}, or a list of these",
    "anyOf": [*_REFERENCE["anyOf"], {"type": "array", "items": _REFERENCE}],
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What every type shares."""

    definitions: Mapping[str, Any]
    fields: Mapping[str, Any]
    relations: Mapping[str, RelationType]


@dataclass(frozen=True, slots=True)
class TypeCatalogue:
    """Types by name, sorted, and the vocabulary they share."""

    types: Mapping[str, RecordType]
    vocabulary: Vocabulary

    def type_of(self, declared: object, path: str, record_id: object) -> RecordType | None:
        """The type that a record declares, else that of its folder, else that of its id."""
        if isinstance(declared, str):
            return self.types.get(declared)
        folder = path.rpartition("/")[0]
        for record_type in self.types.values():
            if folder and folder == record_type.folder:
                return record_type
        if isinstance(record_id, str):
            return self.by_id(record_id)
        return None

    def by_id(self, record_id: str) -> RecordType | None:
        """The type whose ids look like this one; bare slugs are nobody's."""
        for record_type in self.types.values():
            if any(f.id.prefix and f.id.match(record_id) for f in record_type.forms):
                return record_type
        return None


def load_catalogue(files: TemplateFiles) -> TypeCatalogue:
    """The types and the vocabulary in force.

    Raises ConfigurationError, with file and line, where a declaration can't be used.
    """
    vocabulary = _load_vocabulary(files)
    schema = _schema(files, "type.schema.yaml")
    types = {}
    for name in files.type_names():
        file = files.find(f"{name}/type.yaml")
        assert file is not None
        record_type = _record_type(file, read_declaration(file, schema), vocabulary)
        if record_type.name != name:
            raise fault_in(file, ("type",), f"type {record_type.name!r} is in the folder {name!r}")
        types[name] = record_type
    return TypeCatalogue(types, vocabulary)


def _schema(files: TemplateFiles, name: str) -> dict[str, Any]:
    file = files.find(name)
    assert file is not None
    return read_declaration(file)


def _load_vocabulary(files: TemplateFiles) -> Vocabulary:
    schema = _schema(files, "vocabulary.schema.yaml")
    merged: dict[str, dict[str, Any]] = {"definitions": {}, "fields": {}, "relations": {}}
    for file in files.layers("vocabulary.yaml"):
        for part, entries in read_declaration(file, schema).items():
            merged[part] |= entries
    relations = {name: _relation(name, data) for name, data in merged["relations"].items()}
    return Vocabulary(merged["definitions"], merged["fields"], relations)


def _relation(name: str, data: Mapping[str, Any]) -> RelationType:
    symmetric = data.get("symmetric", False)
    inverse = name if symmetric else data.get("inverse", f"{name}_of")
    label = data["label"]
    inverse_label = label if symmetric else data.get("inverse_label", inverse.replace("_", " "))
    return RelationType(name, label, inverse, inverse_label, data.get("acyclic", False))


def _record_type(file: Path, data: dict[str, Any], vocabulary: Vocabulary) -> RecordType:
    relations = {n: _known_relation(file, n, vocabulary) for n in data.get("relations", ())}
    inverses = {r.inverse: r for r in relations.values() if not r.is_symmetric}
    references = {
        tuple(path.split(".")): _known_relation(file, name, vocabulary)
        for path, name in data.get("references", {}).items()
    }
    sections = {n: SectionType(n, **(s or {})) for n, s in data["sections"].items()}
    statuses = _statuses(file, data["status"])
    schema = _frontmatter_schema(data, vocabulary, relations, inverses)
    return RecordType(
        name=data["type"],
        label=data["label"],
        plural=data.get("plural", data["label"] + "s"),
        purpose=data["purpose"],
        forms=_forms(file, data),
        aliases=tuple(_pattern(file, text, ("aliases",)) for text in data.get("aliases", ())),
        agrees={token: tuple(p.split(".")) for token, p in data.get("agrees", {}).items()},
        required=tuple(schema["required"]),
        fields=tuple(schema["properties"]),
        statuses=statuses,
        demands=_demands(file, data, statuses, sections),
        sections=sections,
        relations=relations,
        inverses=inverses,
        references=references,
        derived=tuple(
            DerivedFigure(label, ends["from"], ends["to"])
            for label, ends in data.get("derived", {}).items()
        ),
        presentation=Presentation(**data.get("site", {})),
        schema=schema,
        validator=_validator(file, schema),
    )


def _forms(file: Path, data: dict[str, Any]) -> tuple[Form, ...]:
    declared = data.get("forms") or [{"id": data["id"], "path": data["path"]}]
    forms = []
    for number, form in enumerate(declared):
        where = ("forms", number) if "forms" in data else ("id",)
        paths = [form["path"]] if isinstance(form["path"], str) else form["path"]
        for path in paths:
            if path.startswith("/") or ".." in path.split("/"):
                raise fault_in(file, where, f"the path {path!r} leads out of the records folder")
        patterns = tuple(_pattern(file, path, where) for path in paths)
        forms.append(Form(_pattern(file, form["id"], where), patterns))
    return tuple(forms)


def _pattern(file: Path, template: str, where: tuple[str | int, ...]) -> IdPattern:
    try:
        return IdPattern(template)
    except PatternError as error:
        raise fault_in(file, where, str(error)) from error


def _known_relation(file: Path, name: str, vocabulary: Vocabulary) -> RelationType:
    if name not in vocabulary.relations:
        known = ", ".join(sorted(vocabulary.relations))
        raise fault_in(file, ("relations",), f"no relation is called {name!r}; there are {known}")
    return vocabulary.relations[name]


def _statuses(file: Path, data: dict[str, Any]) -> StatusMachine:
    moves = {name: tuple(to) for name, to in data.items() if name not in _STATUS_WORDS}
    named = {data["initial"], *data.get("done", ()), *data.get("synonyms", {}).values()}
    named |= {target for targets in moves.values() for target in targets}
    for name in sorted(named - set(moves)):
        raise fault_in(file, ("status",), f"the status {name!r} is named but not declared")
    done = frozenset(data.get("done", ()))
    return StatusMachine(data["initial"], moves, done, data.get("synonyms", {}))


def _demands(
    file: Path, data: dict[str, Any], statuses: StatusMachine, sections: Mapping[str, SectionType]
) -> dict[str, Demand]:
    demands = {}
    for status, demand in data.get("requires_when", {}).items():
        where = ("requires_when", status)
        if status not in statuses.moves:
            raise fault_in(file, where, f"the status {status!r} is not declared")
        for name in demand.get("sections", ()):
            if name not in sections:
                raise fault_in(file, where, f"the section {name!r} is not declared")
        demands[status] = Demand(tuple(demand.get("fields", ())), tuple(demand.get("sections", ())))
    return demands


def _frontmatter_schema(
    data: dict[str, Any],
    vocabulary: Vocabulary,
    relations: Iterable[str],
    inverses: Iterable[str],
) -> dict[str, Any]:
    references = {name: {"$ref": "#/$defs/references"} for name in (*relations, *inverses)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": data["label"],
        "description": data["purpose"],
        "type": "object",
        "required": list(dict.fromkeys(["id", *data.get("required", ())])),
        "properties": {**vocabulary.fields, **references, **data.get("fields", {})},
        "additionalProperties": False,
        "$defs": {**vocabulary.definitions, "references": _REFERENCES},
    }


def _validator(file: Path, schema: dict[str, Any]) -> Any:
    try:
        return jsonschema_rs.validator_for(schema, validate_formats=True, offline=True)
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        reason = str(error).splitlines()[0]
        raise ConfigurationError(f"{shown(file)}: `fields`: {reason}") from error
