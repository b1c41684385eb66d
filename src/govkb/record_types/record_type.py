"""A record type and its parts, as frozen values. No type has code of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from govkb.record_types.id_patterns import IdPattern


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write the ids of a type, with the paths where such records may be.

    Paths are relative to the records folder; the first is where `govkb new` writes.
    """

    id: IdPattern
    paths: tuple[IdPattern, ...]

    def has_path(self, record_id: str, path: str) -> bool:
        """Whether a record with this id may stand at this path."""
        tokens = self.id.match(record_id)
        if tokens is None:
            return False
        for pattern in self.paths:
            found = pattern.match_path(path, record_id)
            if found is not None and tokens.get("date") == found.get("date", tokens.get("date")):
                return True
        return False


@dataclass(frozen=True, slots=True)
class StatusMachine:
    """The statuses of a type and which may follow which. Keys and values are canonical names."""

    initial: str
    moves: Mapping[str, tuple[str, ...]]
    done: frozenset[str] = frozenset()
    synonyms: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Every status, in the order of the declaration."""
        return tuple(self.moves)

    def canonical(self, status: str) -> str | None:
        """The status under its own name, or None where the type doesn't know it."""
        status = self.synonyms.get(status, status)
        return status if status in self.moves else None


@dataclass(frozen=True, slots=True)
class RelatedDemand:
    """How many relations a record must have to records of certain types, in either direction.

    An empty `by` means every declared relation; mentions never count.
    """

    to: tuple[str, ...]
    at_least: int = 1
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """What a record must have once it is in a certain status."""

    fields: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    related: tuple[RelatedDemand, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionType:
    """A section that records of a type may have: under a `##` heading, or in `within` under `###`.

    With `required_for` it is required only where the fields have one of the values; a record without
    such a field counts as having the first value of its vocabulary. `aliases` are other headings
    that mean it. `may_be_empty` is for required sections that may have no text.
    """

    name: str
    required: bool = False
    required_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: str | None = None
    aliases: tuple[str, ...] = ()
    may_be_empty: bool = False
    append_only: bool = False
    cumulative: bool = False
    carry_forward: bool = False
    holds: str | None = None


@dataclass(frozen=True, slots=True)
class RelationUse:
    """How a type uses a relation: which types it may lead to, and what may be said about the edge.

    An empty `to` means any record. `qualifiers` are JSON Schemas of keys beside `ref` and `note`.
    """

    to: tuple[str, ...] = ()
    at_least: int = 0
    at_most: int | None = None
    qualifiers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BodySource:
    """Where in the body a field's value stands when the frontmatter doesn't have it.

    `line` names a line `Date: …` (also bold, also as a list item); `section` a section whose first
    line is the value. With `after` the value is the link or word that follows these words there.
    """

    line: str | None = None
    section: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class LetterRule:
    """From how many ids of one day and one `field` on each must carry its letter."""

    field: tuple[str, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class RowIds:
    """A table whose rows can be cited by the ids in `column`, after one of the words `cited_as`."""

    column: str
    cited_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationType:
    """A kind of edge, with its name in both directions."""

    name: str
    label: str
    inverse: str
    inverse_label: str
    acyclic: bool = False

    @property
    def is_symmetric(self) -> bool:
        """Whether both directions mean the same."""
        return self.inverse == self.name


@dataclass(frozen=True, slots=True)
class DerivedFigure:
    """A duration between two fields; computed for readers, never stored."""

    label: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Presentation:
    """How the site shows a type.

    `place` orders the types, and `open` heads the list of those records that are not done. `order`
    names the field that orders the type's index, and `weight` a relation: the more of them a record
    declares, the earlier it stands among equals.
    """

    place: int = 1000
    open: str | None = None
    order: str | None = None
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class RecordType:
    """Everything that govkb knows about one kind of record.

    `relations` maps a frontmatter field to the relation it states, `inverses` a field that states
    one from the other end (`superseded_by`), `references` the path of a field deeper down; `uses`
    says how each relation may be used. `agrees` maps a token of the id to the path of the field that
    must say the same. `spellings` maps the name of a vocabulary to other ways to write its values.
    Ids that are `is_numbered` share one sequence, in which no number is given twice. `schema` is the
    JSON Schema (2020-12) of the frontmatter.
    """

    name: str
    label: str
    plural: str
    purpose: str
    forms: tuple[Form, ...]
    aliases: tuple[IdPattern, ...]
    agrees: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    fields: tuple[str, ...]
    statuses: StatusMachine
    demands: Mapping[str, Demand]
    sections: Mapping[str, SectionType]
    relations: Mapping[str, RelationType]
    inverses: Mapping[str, RelationType]
    references: Mapping[tuple[str, ...], RelationType]
    derived: tuple[DerivedFigure, ...]
    presentation: Presentation
    schema: Mapping[str, Any]
    validator: Any = field(compare=False, repr=False)
    needs_frontmatter: bool = True
    needs_known_fields: bool = True
    needs_section_order: bool = False
    is_numbered: bool = False
    frozen_after: str | None = None
    uses: Mapping[str, RelationUse] = field(default_factory=dict)
    from_body: Mapping[str, BodySource] = field(default_factory=dict)
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    letter_rule: LetterRule | None = None
    row_ids: RowIds | None = None

    def vocabulary_of(self, field: str) -> tuple[str, ...]:
        """The values that a field may have, in their order; empty where it has no vocabulary."""
        schema = self.schema["properties"].get(field, {})
        reference = schema.get("$ref", "").removeprefix("#/$defs/")
        schema = self.schema["$defs"].get(reference, schema)
        return tuple(schema.get("enum", ()))

    @property
    def folder(self) -> str:
        """The folder, below the records folder, where `govkb new` puts such records."""
        return self.forms[0].paths[0].template.rpartition("/")[0]

    def match_id(self, record_id: str) -> dict[str, str] | None:
        """The tokens of an id of this type; None where it has none of the type's forms."""
        for form in self.forms:
            tokens = form.id.match(record_id)
            if tokens is not None:
                return tokens
        return None

    def has_path(self, record_id: str, path: str) -> bool:
        """Whether a record with this id may stand at this path below the records folder."""
        return any(form.has_path(record_id, path) for form in self.forms)

    @property
    def append_only_sections(self) -> tuple[str, ...]:
        """The names of the sections whose entries can only be added to."""
        return tuple(name for name, section in self.sections.items() if section.append_only)
