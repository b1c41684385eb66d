"""From a tree to the files that make it a knowledge base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from govkb.scaffolding.adoption.adapted_type import (
    adapted_text,
    fits_as_it_is,
    makes_such_records,
)
from govkb.scaffolding.adoption.documents import Document, Documents, read_documents
from govkb.scaffolding.adoption.doubts import doubts
from govkb.scaffolding.adoption.evidence import Evidence, files
from govkb.scaffolding.adoption.exclusions import Exclusion, find_exclusions, is_excluded, of_index
from govkb.scaffolding.adoption.groups import group
from govkb.scaffolding.adoption.inclusions import find_inclusions
from govkb.scaffolding.adoption.inventory import Inventory
from govkb.scaffolding.adoption.record_template import plain_template_text, template_text
from govkb.scaffolding.adoption.references import Names, reference_fields
from govkb.scaffolding.adoption.settings_file import find_exemption, settings_text
from govkb.scaffolding.adoption.shipped import Shipped
from govkb.scaffolding.adoption.sidecars import find_sidecars
from govkb.scaffolding.adoption.summary import summary
from govkb.scaffolding.adoption.type_file import Type, find_type, type_text
from govkb.scaffolding.adoption.values import Terms
from govkb.scaffolding.adoption.vocabularies import ValueList, find_value_lists
from govkb.scaffolding.adoption.vocabulary_file import shared_fields, vocabulary_text


class Adoption(Struct, frozen=True):
    """The files to write, by path below the top of the repository, and what to tell people."""

    files: Mapping[str, str]
    summary: str
    baseline: str


class _Found(Struct, frozen=True):
    """What a tree shows.

    `fits` are the types of govkb that have nothing to say against the records here; `chosen`, with
    the reason, are those of them that serve as they are: for new records too.
    """

    documents: Documents
    records: Sequence[Document]
    exclusions: Sequence[Exclusion]
    unplaced: Sequence[tuple[Document, str]]
    types: Sequence[Type]
    fits: frozenset[str]
    chosen: Mapping[str, str]
    shared: frozenset[str]
    evidence: Evidence


def adopt(
    inventory: Inventory,
    shipped: Shipped,
    templates: str = "templates",
    required_at: float = 0.95,
    also: Iterable[str] = (),
) -> Adoption:
    """What a tree needs to be checked in place.

    `templates` is the folder for its types; `required_at` the share of files from which on a field
    or section counts as required; `also` are types of govkb's own to have besides.
    """
    inventory = inventory.without_types(templates)
    found = _look(inventory, shipped, required_at, also)
    baseline = f"{templates}/baseline.json"
    files = _files(found, templates, baseline, inventory.texts)
    text = summary(
        inventory,
        found.documents,
        found.types,
        found.unplaced,
        found.exclusions,
        found.evidence.sidecars,
        doubts(found.types, found.shared, found.evidence),
    )
    return Adoption(dict(sorted(files.items())), text, baseline)


def _look(
    inventory: Inventory, shipped: Shipped, required_at: float, also: Iterable[str]
) -> _Found:
    documents = read_documents(inventory)
    exclusions = find_exclusions(inventory, documents.readable)
    records = [d for d in documents.readable if not is_excluded(d, exclusions)]
    lists = find_value_lists(inventory)
    grouping = group(records, _listed_types(lists))
    indexes = grouping.indexes()
    grouping = grouping.without(indexes)
    records = [d for d in records if d not in indexes]
    names = Names(records)
    references = tuple(reference_fields(records, names, shipped.relation_names()))
    terms = Terms(lists, shipped.definitions)
    sidecars = find_sidecars(inventory, records)
    type_names = frozenset(g.name for g in grouping.groups)
    evidence = Evidence(names, references, sidecars, terms, shipped, type_names, required_at)
    shared = shared_fields([g.with_frontmatter for g in grouping.groups], references)
    types = [t for g in grouping.groups if (t := find_type(g, shared, evidence)).shapes]
    fitting = {t.name: fits_as_it_is(t.group, inventory.texts, shipped) for t in types}
    chosen = {
        t.name: f"{files(count, len(t.documents))} need nothing else"
        for t in types
        if (count := fitting[t.name]) is not None and makes_such_records(t, shipped)
    }
    own = {found.name for found in types}
    chosen |= {name: "asked for" for name in also if name not in own}
    fits = frozenset(name for name, count in fitting.items() if count is not None)
    exclusions += map(of_index, indexes)
    return _Found(
        documents, records, exclusions, grouping.unplaced, types, fits, chosen, shared, evidence
    )


def _files(
    found: _Found, templates: str, baseline: str, texts: Mapping[str, bytes]
) -> dict[str, str]:
    written: dict[str, str] = {}
    for each in found.types:
        if each.name not in found.chosen:
            folder, fits = f"{templates}/{each.name}", each.name in found.fits
            written |= _type_files(each, folder, texts, found.evidence, is_adapted=fits)
    vocabulary = vocabulary_text(found.types, found.shared, found.evidence)
    if vocabulary is not None:
        written[f"{templates}/vocabulary.yaml"] = vocabulary
    required = sorted({name for each in found.types for name in each.required})
    written["govkb.toml"] = settings_text(
        templates,
        baseline,
        len(found.records),
        sorted(found.chosen.items()),
        find_inclusions(
            found.types,
            [found.evidence.shipped.catalogue.types[name] for name in found.chosen],
            [document for document, _ in found.unplaced],
        ),
        found.exclusions,
        found.evidence.sidecars,
        find_exemption(found.records, required),
    )
    return written


def _type_files(
    found: Type,
    folder: str,
    texts: Mapping[str, bytes],
    evidence: Evidence,
    *,
    is_adapted: bool,
) -> dict[str, str]:
    """The declaration of a type; the template of its records too, where govkb's doesn't serve."""
    is_plain = found.is_frontmatter_optional
    is_adapted = is_adapted or (is_plain and found.name in evidence.shipped.declarations)
    declaration = adapted_text(found, texts, evidence) if is_adapted else type_text(found, evidence)
    written = {f"{folder}/type.yaml": declaration}
    if is_plain:
        written[f"{folder}/record.md.j2"] = plain_template_text(found, evidence)
    elif not is_adapted:
        written[f"{folder}/record.md.j2"] = template_text(found, evidence)
    return written


def _listed_types(lists: Sequence[ValueList]) -> frozenset[str]:
    """Every word in a list that is called something like types."""
    return frozenset(
        v for found in lists if found.name.endswith(("type", "types")) for v in found.values
    )
