"""A record type and its parts, as frozen values. No type has code of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec import Struct

from govkb.record_types.body_sources import BodySource, CreatedPaths
from govkb.record_types.classifications import Classification
from govkb.record_types.days import DaySource
from govkb.record_types.decomposition import Decomposition
from govkb.record_types.entitlements import Entitlement
from govkb.record_types.executions import Execution
from govkb.record_types.id_patterns import IdPattern
from govkb.record_types.items import ItemType
from govkb.record_types.relation_types import RelationType, RelationUse
from govkb.record_types.statuses import Demand, StatusMachine


class Form(Struct, frozen=True):
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
        day = tokens.get("date")
        year = day[:4] if day else tokens.get("year")
        for pattern in self.paths:
            found = pattern.match_path(path, record_id)
            if found is None or found.get("date", day) != day:
                continue
            if year is None or found.get("year", year) == year:
                return True
        return False


class UpdateShape(Struct, frozen=True):
    """How what is appended is headed, and which blocks must follow.

    `heading` has `{timestamp}` where the moment stands; each of `demands` is the first word of a
    heading, or of a line in bold type.
    """

    heading: str
    demands: tuple[str, ...] = ()


class SectionType(Struct, frozen=True):
    """A section that records of a type may have: under a `##` heading, or in `within` under `###`.

    With `required_for` it is required only where the fields have one of the values; a record
    without such a field counts as having the first value of its vocabulary. `aliases` are other
    headings that mean it. `carried_at_most` is how often an open item may be carried forward before
    somebody should decide about it. `may_be_empty` is for required sections that may have no text.
    `updates` says how what is appended must look. Where it `cites`, each entry names a record. What
    it `counts` is the word of its numbered headings: `Amendment 1`, `Amendment 2` and so on. One
    that `lists_files` has the paths of what a change touches.
    """

    name: str
    required: bool = False
    required_for: Mapping[str, tuple[str, ...]] = {}
    within: str | None = None
    aliases: tuple[str, ...] = ()
    may_be_empty: bool = False
    append_only: bool = False
    cumulative: bool = False
    carry_forward: bool = False
    carried_at_most: int | None = None
    holds: str | None = None
    updates: UpdateShape | None = None
    cites: bool = False
    counts: str | None = None
    lists_files: bool = False


class LetterRule(Struct, frozen=True):
    """From how many ids of one day and one `field` on each must carry its letter."""

    field: tuple[str, ...]
    at_least: int


class RowIds(Struct, frozen=True):
    """A table whose rows can be cited by the ids in `column`, after one of the words `cited_as`."""

    column: str
    cited_as: tuple[str, ...]


class DerivedFigure(Struct, frozen=True):
    """A duration between two fields; computed for readers, never stored."""

    label: str
    start: str
    end: str


class Presentation(Struct, frozen=True):
    """How the site shows a type.

    `place` orders the types, and `open` heads the list of those records that are not done. `order`
    names the field that orders the type's index, and `weight` a relation: the more of them a record
    declares, the earlier it stands among equals. `due` says by which day a record has to
    be done, `review` on which one in force is looked at again, and `expires` until when it holds.
    """

    place: int = 1000
    open: str | None = None
    order: str | None = None
    weight: str | None = None
    due: tuple[DaySource, ...] = ()
    review: tuple[DaySource, ...] = ()
    expires: tuple[DaySource, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordType:
    """Everything that govkb knows about one kind of record.

    `names` are other values of `type` in a record that mean it.
    `relations` maps a frontmatter field to the relation it states, `inverses` a field that states
    one from the other end (`superseded_by`), `references` the path of a field deeper down; `uses`
    says how each relation may be used. `agrees` maps a token of the id to the path of the field
    that must say the same. `spellings` maps the name of a vocabulary to other ways to write its
    values. Ids that are `is_numbered` share one sequence, in which no number is given twice.
    Whoever begins such a record is shown what looks `alike` among those of these types.
    `draft` is the form of the ids that records have until they are given a number.
    `schema` is the JSON Schema (2020-12) of the frontmatter, `defaults` what it says of fields that
    are left out. `headings` has the section that a heading means, by the section it stands in and
    its casefolded text; `due_sections` are those that a record must have, or may have to.
    `site_folder` is where its pages are: no two types share one. `file` declares the type. The
    `updates` are those of a body that is append-only as a whole. `items` are the kinds of items
    that a record may have, `decomposition` says how much of them before it should have parts;
    `entitlements` say whom fields may name. `execution` is about what has to be carried out. A
    field in `named_after` names something after the record: what its forms have in common with the
    id is the same in both.
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
    alike: tuple[str, ...] = ()
    draft: Form | None = None
    frozen_after: str | None = None
    uses: Mapping[str, RelationUse] = field(default_factory=dict)
    from_body: Mapping[str, tuple[BodySource, ...]] = field(default_factory=dict)
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    letter_rule: LetterRule | None = None
    row_ids: RowIds | None = None
    created_paths: CreatedPaths | None = None
    defaults: Mapping[str, Any] = field(default_factory=dict)
    headings: Mapping[tuple[str | None, str], SectionType] = field(default_factory=dict)
    due_sections: tuple[SectionType, ...] = ()
    site_folder: str = ""
    file: Path | None = field(default=None, compare=False)
    names: tuple[str, ...] = ()
    classifications: tuple[Classification, ...] = ()
    append_only_body: bool = False
    updates: UpdateShape | None = None
    items: Mapping[str, ItemType] = field(default_factory=dict)
    prompts: tuple[str, ...] = ()
    decomposition: Decomposition | None = None
    entitlements: tuple[Entitlement, ...] = ()
    execution: Execution | None = None
    named_after: Mapping[str, tuple[IdPattern, ...]] = field(default_factory=dict)

    def vocabulary_of(self, field: str) -> tuple[str, ...]:
        """The values that a field may have, in their order; empty where it has no vocabulary."""
        schema = self.schema["properties"].get(field, {})
        reference = _definition(schema)
        values = self.schema["$defs"].get(reference, schema).get("enum", ())
        return tuple(value for value in values if value not in self.spellings.get(reference, ()))

    def canonical_value(self, field: str, value: Any) -> Any:
        """A field's value under its own name; what has no other spelling stays as it is."""
        schema = self.schema["properties"].get(field, {})
        if isinstance(value, list):
            items = self.spellings.get(_definition(schema.get("items", {})), {})
            return [items.get(v, v) if isinstance(v, str) else v for v in value]
        spellings = self.spellings.get(_definition(schema), {})
        return spellings.get(value, value) if isinstance(value, str) else value

    @property
    def folder(self) -> str:
        """The folder, below the records folder, where `govkb new` puts such records."""
        return self.forms[0].paths[0].fixed_folder

    def match_id(self, record_id: str) -> dict[str, str] | None:
        """The tokens of an id of this type; None where it has none of the type's forms."""
        for form in self.all_forms:
            tokens = form.id.match(record_id)
            if tokens is not None:
                return tokens
        return None

    def has_path(self, record_id: str, path: str) -> bool:
        """Whether a record with this id may stand at this path below the records folder."""
        return any(form.has_path(record_id, path) for form in self.all_forms)

    @property
    def all_forms(self) -> tuple[Form, ...]:
        """The forms of the ids, and that of drafts where the type has one."""
        return self.forms if self.draft is None else (*self.forms, self.draft)

    def is_draft(self, record_id: str) -> bool:
        """Whether an id only stands in for one with a number."""
        return self.draft is not None and self.draft.id.match(record_id) is not None

    @property
    def frozen_statuses(self) -> frozenset[str]:
        """The statuses in which the body may not change: `frozen_after`, and what only follows it.

        A status from which there is a way back, as from one that is open again, isn't among them.
        """
        if self.frozen_after is None:
            return frozenset()
        machine, frozen = self.statuses, self.frozen_after
        after = (s for s in machine.reachable(frozen) if frozen not in machine.reachable(s))
        return frozenset((frozen, *after))

    def headings_of(self, section: str) -> frozenset[str]:
        """The headings that mean a section, casefolded."""
        return frozenset(
            text for (_, text), found in self.headings.items() if found.name == section
        )

    @property
    def append_only_sections(self) -> tuple[str, ...]:
        """The names of the sections whose entries can only be added to; `*` is the whole body."""
        body = ("*",) if self.append_only_body else ()
        return (*body, *(name for name, section in self.sections.items() if section.append_only))

    @property
    def lists_files(self) -> bool:
        """Whether its records list the files that a change touches."""
        return any(section.lists_files for section in self.sections.values())

    @property
    def update_shapes(self) -> dict[str, UpdateShape]:
        """How updates must look, by the name of the section; `*` is the whole body."""
        shapes = {"*": self.updates, **{name: s.updates for name, s in self.sections.items()}}
        return {name: shape for name, shape in shapes.items() if shape is not None}


def _definition(schema: Mapping[str, Any]) -> str:
    """The name of the definition that a schema stands for, empty where it is one of its own."""
    return str(schema.get("$ref", "")).removeprefix("#/$defs/")
