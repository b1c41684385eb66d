"""The `type.yaml` of a group of documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.evidence import Evidence, files
from govkb.scaffolding.adoption.groups import REST, Group
from govkb.scaffolding.adoption.id_shapes import IdShape
from govkb.scaffolding.adoption.references import ReferenceField
from govkb.scaffolding.adoption.sections import SectionUse, sections_of
from govkb.scaffolding.adoption.statuses import Statuses, statuses_of
from govkb.scaffolding.adoption.type_parts import (
    RESERVED,
    field_lines,
    form_lines,
    id_forms,
    required_fields,
    section_lines,
    status_lines,
)
from govkb.scaffolding.adoption.yaml_text import entry, item, shown

_CAPITALS = frozenset({"adr", "api", "cl", "prd", "rfc", "rb", "sop", "faq", "sla", "slo", "bcp"})
_ID_SHARE = 0.9
_NUMBERED_SHARE = 0.9
_EVERY = frozenset({"id", "type", "title", "status"})


class Type(Struct, frozen=True):
    """What was found out about one type, before it is written down."""

    group: Group
    shapes: tuple[IdShape, ...]
    is_frontmatter_optional: bool
    required: Mapping[str, int]
    own_fields: tuple[str, ...]
    references: tuple[ReferenceField, ...]
    statuses: Statuses | None
    sections: tuple[SectionUse, ...]

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.group.name

    @property
    def documents(self) -> tuple[Document, ...]:
        """Its records."""
        return self.group.documents

    @property
    def is_anything(self) -> bool:
        """Whether it is the type of all that nothing else is known of, which may be anywhere."""
        return self.name == REST


def find_type(group: Group, shared: frozenset[str], evidence: Evidence) -> Type:
    """The type of a group. `shared` are fields that every record may have."""
    documents = group.documents
    having_id = sum(1 for d in documents if (d.metadata or {}).get("id"))
    is_optional = having_id < _ID_SHARE * len(documents)
    names = dict.fromkeys(n for d in documents for n in d.metadata or {})
    references = tuple(
        reference.in_these(documents, evidence.names)
        for reference in evidence.references
        if reference.name in names
    )
    own = names.keys() - shared - _EVERY - {reference.name for reference in references}
    return Type(
        group,
        tuple(id_forms(documents, group.name == REST)),
        is_optional,
        {} if is_optional else required_fields(documents, evidence),
        tuple(name for name in names if name in own),
        references,
        _statuses(documents, evidence),
        tuple(sections_of(documents, evidence.required_at)),
    )


def _statuses(documents: Sequence[Document], evidence: Evidence) -> Statuses | None:
    values = [v for v in evidence.values(documents, "status") if isinstance(v, str)]
    listed = next((v.values for v in evidence.terms.lists if v.name == "status"), ())
    return statuses_of(values, listed)


def type_text(found: Type, evidence: Evidence) -> str:
    """The declaration, each line with what it rests on."""
    shipped = evidence.shipped.declarations.get(found.name, {})
    total = len(found.documents)
    lines = [
        f"# Inferred from {files(total)}: {shown(found.group.reason)}.",
        "# The comments say how many files each line rests on.",
        *entry(0, "type", found.name),
        *entry(0, "label", shipped.get("label", _label(found.name))),
        *entry(0, "plural", shipped.get("plural", _plural(_label(found.name)))),
        *entry(0, "purpose", shipped.get("purpose", _purpose(found))),
        *_frontmatter(found),
        *form_lines(found.documents, found.shapes, found.name == REST),
        *numbered_lines(found),
        *_required(found),
        *_fields(found, evidence),
        *status_lines(found.statuses if _has_machine(found) else None),
        *section_lines(found.sections, total),
        *_relations(found, evidence),
    ]
    return "\n".join(lines) + "\n"


def _has_machine(found: Type) -> bool:
    """Whether its statuses can be declared as such, and not only as values of a field."""
    return found.statuses is not None and not RESERVED & set(found.statuses.counts)


def _label(name: str) -> str:
    words = [word.upper() if word in _CAPITALS else word for word in name.split("-")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def _plural(label: str) -> str:
    if re.search("[^aeiou]y$", label):
        return f"{label[:-1]}ies"
    return f"{label}es" if label.endswith(("s", "x", "ch", "sh")) else f"{label}s"


def _purpose(found: Type) -> str:
    folders = Counter(document.folder for document in found.documents)
    folder = max(sorted(folders), key=lambda name: folders[name]) or "the top folder"
    return f"Say here what these records are for; most of them are in {shown(folder)}."


def _frontmatter(found: Type) -> list[str]:
    if not found.is_frontmatter_optional:
        return []
    having = sum(1 for d in found.documents if (d.metadata or {}).get("id"))
    total = len(found.documents)
    note = f"{files(having, total)} state an id; else it is the file name" if having else "no ids"
    return [f"frontmatter: optional # {note}"]


def numbered_lines(found: Type) -> list[str]:
    """`numbered: true`, where nearly all ids have a number of one sequence."""
    shapes = [shape for shape in found.shapes if shape.is_numbered]
    numbers = [record_id for shape in shapes for record_id in shape.ids]
    is_one_sequence = len({shape.head for shape in shapes}) == 1
    if not is_one_sequence or len(numbers) < _NUMBERED_SHARE * len(found.documents):
        return []
    return [f"numbered: true # {files(len(numbers), len(found.documents))} have a number"]


def _required(found: Type) -> list[str]:
    if not found.required:
        return []
    total = len(found.documents)
    lines = []
    for name, count in found.required.items():
        own = sum(1 for d in found.documents if name in (d.metadata or {}))
        note = files(count, total) + (f", {own} of them themselves" if own < count else "")
        lines.append(item(2, name, note))
    return ["required:", *lines]


def _fields(found: Type, evidence: Evidence) -> list[str]:
    names = [name for name in found.own_fields if name not in evidence.shipped.fields]
    lines = field_lines(found.group.with_frontmatter, names, evidence)
    if found.statuses is not None and not _has_machine(found):
        values = [*found.statuses.counts, *found.statuses.synonyms]
        lines += entry(2, "status", {"enum": values}, "as seen; `status:` has no word for `done`")
    return ["fields:", *lines] if lines else []


def _relations(found: Type, evidence: Evidence) -> list[str]:
    known = evidence.shipped.relation_names()
    lines: dict[str, list[str]] = {}
    for field in found.references:
        name = known.get(field.name, field.name)
        note = f"{files(field.documents)}; {field.hits} of {field.total} values name a record here"
        lines.setdefault(name, entry(2, name, {}, note if field.total else files(field.documents)))
    return (
        ["relations:", *(line for entry_lines in lines.values() for line in entry_lines)]
        if (lines)
        else []
    )
