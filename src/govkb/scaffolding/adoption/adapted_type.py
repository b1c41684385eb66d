"""One of govkb's own types, with what is different in a repository."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from govkb.reading import Record
from govkb.record_types import IdPattern, RecordType
from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.evidence import Evidence, files
from govkb.scaffolding.adoption.groups import REST, Group
from govkb.scaffolding.adoption.shipped import Shipped
from govkb.scaffolding.adoption.slips import slips
from govkb.scaffolding.adoption.type_file import Type, numbered_lines
from govkb.scaffolding.adoption.type_parts import field_lines, form_lines
from govkb.scaffolding.adoption.yaml_text import entry, shown

_FITS = 0.9
_MOST = 0.5
# What only serves ids of certain forms, which a repository's own ids may not have.
_ABOUT_IDS = ("id", "path", "forms", "numbered", "agrees", "letter_rule", "row_ids")


def fits_as_it_is(group: Group, texts: Mapping[str, bytes], shipped: Shipped) -> int | None:
    """How many of the documents are faultless records of govkb's own type; None if too few are."""
    if group.name not in shipped.declarations:
        return None
    spare = int((1 - _FITS) * len(group.documents))
    faulty = 0
    for document in group.documents:
        result = shipped.read(document.path, texts[document.path])
        record_type = result.record.type if result.record is not None else None
        is_other = record_type is None or record_type.name != group.name
        faulty += is_other or shipped.has_faults(result)
        if faulty > spare:
            return None
    return len(group.documents) - faulty


def makes_such_records(found: Type, shipped: Shipped) -> bool:
    """Whether `govkb new` makes records like most of these: with such ids, in such places.

    Where most have no id in them, its template isn't like them either.
    """
    form = shipped.catalogue.types[found.name].forms[0]
    path = form.paths[0]
    alike = (
        form.id.match(d.id) is not None and path.match_path(d.path, d.id) is not None
        for d in found.documents
    )
    return not found.is_frontmatter_optional and _share(alike) > _MOST


def adapted_text(found: Type, texts: Mapping[str, bytes], evidence: Evidence) -> str:
    """The declaration of govkb's own type with the ids, paths, statuses and fields in use here."""
    declaration = dict(evidence.shipped.declarations[found.name])
    record_type = evidence.shipped.catalogue.types[found.name]
    records = list(_records(found.documents, texts, found.name, evidence.shipped))
    lines = [
        f"# govkb's own type for {files(len(found.documents))}: {shown(found.group.reason)}.",
        "# The comments say what was changed, and why.",
    ]
    for key, value in declaration.items():
        if key in ("type", "label", "plural", "purpose"):
            lines += entry(0, key, value)
    lines += [
        *form_lines(found.documents, found.shapes, found.name == REST),
        *_ids(declaration, found, record_type),
        *numbered_lines(found),
    ]
    for key, value in declaration.items():
        if key not in ("type", "label", "plural", "purpose", "aliases", *_ABOUT_IDS):
            lines += _part(key, value, found, records, record_type, evidence)
    return "\n".join(lines) + "\n"


def _ids(declaration: Mapping[str, Any], found: Type, record_type: RecordType) -> Iterable[str]:
    """What the type says of its ids, as far as those here are written in forms of its own."""
    forms = {form.id.template for form in record_type.forms}
    if not forms.issuperset(shape.template for shape in found.shapes):
        return
    tokens = {token for shape in found.shapes for token in IdPattern(shape.template).tokens}
    aliases = [a for a in declaration.get("aliases", ()) if tokens.issuperset(IdPattern(a).tokens)]
    if aliases:
        yield from entry(0, "aliases", aliases)
    for key in ("agrees", "letter_rule", "row_ids"):
        if key in declaration:
            yield from entry(0, key, declaration[key])


def _part(
    key: str,
    value: Any,
    found: Type,
    records: Sequence[Record],
    record_type: RecordType,
    evidence: Evidence,
) -> list[str]:
    if key == "frontmatter":
        return entry(0, key, "optional")
    if key == "required":
        return _required(value, records)
    if key == "fields":
        return _fields(value, found, record_type, evidence)
    if key == "status":
        return _statuses(value, records, record_type)
    if key == "sections":
        return _sections(value, records, record_type)
    if key == "relations":
        return _relations(value, found, evidence)
    if key == "requires_when":
        return entry(0, key, {s: _possible(demand, evidence) for s, demand in value.items()})
    return entry(0, key, value)


def _possible(demand: Mapping[str, Any], evidence: Evidence) -> dict[str, Any]:
    """A demand without related records of types that there are none of."""
    related = [r for r in demand.get("related", ()) if evidence.type_names.issuperset(r["to"])]
    rest = {name: value for name, value in demand.items() if name != "related"}
    return rest | ({"related": related} if related else {})


def _records(
    documents: Iterable[Document], texts: Mapping[str, bytes], name: str, shipped: Shipped
) -> Iterable[Record]:
    for document in documents:
        result = shipped.read(document.path, texts[document.path], name)
        if result.record is not None:
            yield result.record


def _required(names: Iterable[str], records: Sequence[Record]) -> list[str]:
    kept = [n for n in names if n == "title" or _share(n in r.metadata for r in records) >= _FITS]
    return entry(0, "required", kept) if kept else []


def _fields(
    fields: Mapping[str, Any], found: Type, record_type: RecordType, evidence: Evidence
) -> list[str]:
    known = {*fields, *evidence.shipped.fields, *record_type.relations, *record_type.inverses}
    new = [name for name in found.own_fields if name not in known]
    lines = [line for name, schema in fields.items() for line in entry(2, name, schema)]
    return ["fields:", *lines, *field_lines(found.group.with_frontmatter, new, evidence)]


def _statuses(
    statuses: Mapping[str, Any], records: Sequence[Record], record_type: RecordType
) -> list[str]:
    """The machine, with the statuses that records have beside its own."""
    written = Counter(
        s for r in records if isinstance(s := r.metadata.get("status"), str) and s.strip()
    )
    unknown = {s: n for s, n in written.items() if record_type.statuses.canonical(s) is None}
    if any(not _may_be_status(status) for status in unknown):
        return ["# status: left out, because some files have whole sentences there"]
    for slip in slips(unknown, {*record_type.statuses.names, *record_type.statuses.synonyms}):
        del unknown[slip]
    lines = ["status:"]
    for name, value in statuses.items():
        lines += entry(2, name, value)
    for name in sorted(unknown):
        lines += entry(2, name, list(record_type.statuses.names), f"new: {files(unknown[name])}")
    return lines


def _may_be_status(text: str) -> bool:
    return len(text) <= 40 and text.isprintable() and text not in ("initial", "done", "synonyms")


def _sections(
    sections: Mapping[str, Mapping[str, Any] | None],
    records: Sequence[Record],
    record_type: RecordType,
) -> list[str]:
    """The sections; those are no longer required that many files don't have."""
    lines = ["sections:"]
    for name, value in sections.items():
        names = (name, *record_type.sections[name].aliases)
        having = sum(1 for r in records if any(r.outline.section(n) for n in names))
        kept, note = dict(value or {}), ""
        if kept.get("required") and having < _FITS * len(records):
            note = f"no longer required: {files(having, len(records))}"
            del kept["required"]
        lines += entry(2, name, kept, note)
    return lines


def _relations(relations: Any, found: Type, evidence: Evidence) -> list[str]:
    known = evidence.shipped.relation_names()
    uses = dict(relations) if isinstance(relations, dict) else {n: {} for n in relations}
    lines = []
    for name, use in uses.items():
        kept = {key: value for key, value in (use or {}).items() if key != "to"}
        targets = [target for target in (use or {}).get("to", ()) if target in evidence.type_names]
        lines += entry(2, name, ({"to": targets} if targets else {}) | kept)
    new = {known.get(field.name, field.name) for field in found.references} - uses.keys()
    return ["relations:", *lines, *(line for name in sorted(new) for line in entry(2, name, {}))]


def _share(facts: Iterable[bool]) -> float:
    facts = list(facts)
    return sum(facts) / len(facts) if facts else 0.0
