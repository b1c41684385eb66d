"""The page that says which values fields may have, and how often each is in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from govkb.knowledge_base import KnowledgeBase
from govkb.record_types import RecordType
from govkb.record_types.json_schemas import DEFINITIONS, named_definitions
from govkb.site.facts import in_words
from govkb.site.viewpoint import Viewpoint


class Value(Struct, frozen=True):
    """A value with other ways to write it, and how often records have it."""

    text: str
    spellings: tuple[str, ...]
    count: int


class Use(Struct, frozen=True):
    """A field of a type that takes its values from a vocabulary."""

    type_label: str
    href: str
    field: str


class VocabularyView(Struct, frozen=True):
    """A named list of values. `name` is its anchor too."""

    name: str
    title: str
    description: str
    values: tuple[Value, ...]
    uses: tuple[Use, ...]

    @property
    def has_spellings(self) -> bool:
        """Whether any value may be written otherwise."""
        return any(value.spellings for value in self.values)


def vocabulary_views(types: Iterable[RecordType], view: Viewpoint) -> tuple[VocabularyView, ...]:
    """The vocabularies that fields of these types use, by name."""
    used: dict[str, list[tuple[RecordType, str]]] = {}
    for record_type in types:
        for field in record_type.fields:
            for name in _vocabularies_in(record_type, field):
                used.setdefault(name, []).append((record_type, field))
    return tuple(_vocabulary(name, used[name], view) for name in sorted(used))


def _vocabularies_in(record_type: RecordType, field: str) -> list[str]:
    """The named lists of values that a field uses, itself or somewhere below."""
    definitions = record_type.schema["$defs"]
    due = [name for _, name in named_definitions(record_type.schema["properties"][field])]
    found: dict[str, None] = {}
    while due:
        name = due.pop()
        if name not in found:
            found[name] = None
            due += [inner for _, inner in named_definitions(definitions[name])]
    return sorted(name for name in found if "enum" in definitions[name])


def _vocabulary(name: str, fields: list[tuple[RecordType, str]], view: Viewpoint) -> VocabularyView:
    vocabulary = view.base.catalogue.vocabulary
    definition = vocabulary.definitions[name]
    spellings = vocabulary.spellings.get(name, {})
    counts = _counts(name, fields, view.base)
    return VocabularyView(
        name=name,
        title=in_words(name),
        description=str(definition.get("description", "")),
        values=tuple(
            Value(str(v), tuple(s for s, meant in spellings.items() if meant == v), counts[str(v)])
            for v in definition["enum"]
        ),
        uses=tuple(Use(t.label, view.type_page(t), field) for t, field in fields),
    )


def _counts(name: str, fields: list[tuple[RecordType, str]], base: KnowledgeBase) -> Counter[str]:
    """How often each value stands in one of these fields, as the field's value or in its list."""
    counts: Counter[str] = Counter()
    for record_type, field in fields:
        schema = record_type.schema["properties"][field]
        if name in (_named(schema), _named(schema.get("items", {}))):
            for record in base.of_type(record_type.name):
                value = record_type.canonical_value(field, record.effective.get(field))
                values = value if isinstance(value, list) else [value]
                counts.update(v for v in values if isinstance(v, str))
    return counts


def _named(schema: Any) -> str:
    return str(schema.get("$ref", "")).removeprefix(DEFINITIONS) if isinstance(schema, dict) else ""
