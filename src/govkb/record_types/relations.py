"""The relations of a type: which there are, what they may lead to, what may be said about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from govkb.record_types.declarations import Declaration, Where
from govkb.record_types.likeness import did_you_mean
from govkb.record_types.relation_types import RelationType, RelationUse
from govkb.record_types.vocabularies import Vocabulary

_TEXT = {"type": "string", "minLength": 1}


class Relations(Struct, frozen=True):
    """The parts of a RecordType that go by the same names."""

    relations: Mapping[str, RelationType]
    inverses: Mapping[str, RelationType]
    references: Mapping[tuple[str, ...], RelationType]
    uses: Mapping[str, RelationUse]


def read_relations(declaration: Declaration, vocabulary: Vocabulary) -> Relations:
    """What a type says about relations. Those of a vocabulary that is not whole may be missing."""
    declared = declaration.data.get("relations", ())
    known: dict[str, RelationType] = {}
    uses: dict[str, RelationUse] = {}
    for number, name in enumerate(declared):
        where: Where = ("relations", name if isinstance(declared, dict) else number)
        relation = _known(declaration, where, name, vocabulary)
        if relation is not None:
            known[name] = relation
            data = declared[name] if isinstance(declared, dict) else None
            uses[name] = _use(relation, data or {})
    fields = declaration.data.get("fields", {})
    for name in sorted(set(known) & set(fields)):
        declaration.fault(("fields", name), f"`{name}` is a relation already", "leave one out")
    inverses = {r.inverse: r for r in known.values() if not r.is_symmetric}
    inverses = {name: r for name, r in inverses.items() if name not in fields}
    references = {}
    for path, name in declaration.data.get("references", {}).items():
        relation = _known(declaration, ("references", path), name, vocabulary)
        if relation is not None:
            references[tuple(path.split("."))] = relation
    return Relations(known, inverses, references, uses)


def references_schema(qualifiers: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a field that states a relation, with what else may be said about it."""
    more = "".join(f", {name}: …" for name in qualifiers)
    reference = [
        _TEXT,
        {
            "type": "object",
            "required": ["ref"],
            "additionalProperties": False,
            "properties": {"ref": _TEXT, "note": {"type": "string"}, **qualifiers},
        },
    ]
    return {
        "description": f"a record's id, {{ref: ID, note: why{more}}}, or a list of these",
        "anyOf": [*reference, {"type": "array", "items": {"anyOf": reference}}],
    }


def _use(relation: RelationType, data: Mapping[str, Any]) -> RelationUse:
    return RelationUse(
        tuple(data.get("to", relation.targets)),
        data.get("at_least", 0),
        data.get("at_most"),
        data.get("list", relation.is_list),
        {**relation.qualifiers, **data.get("qualifiers", {})},
    )


def _known(
    declaration: Declaration, where: Where, name: str, vocabulary: Vocabulary
) -> RelationType | None:
    found = vocabulary.relations.get(name)
    if found is None and vocabulary.is_whole:
        hint = did_you_mean(name, sorted(vocabulary.relations))
        declaration.fault(where, f"no relation is called {name!r}", hint)
    return found
