"""All record types and relations that are in force for a repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct

from govkb.digests import digest_of
from govkb.record_types.declarations import Declaration, DeclarationFault, read_declaration
from govkb.record_types.loading import read_type
from govkb.record_types.places import BrokenType, TypePlaces, broken_type
from govkb.record_types.record_type import RecordType
from govkb.record_types.site_folders import with_site_folders
from govkb.record_types.vocabularies import Vocabulary, load_vocabulary, shipped_schema
from govkb.template_files import TemplateFiles


class TypeCatalogue(Struct, frozen=True, dict=True):
    """Types by name, sorted, and the vocabulary they share.

    `broken` are the types whose declaration can't be used; `faults` says why, and what is wrong
    with the vocabulary.
    """

    types: Mapping[str, RecordType]
    vocabulary: Vocabulary
    broken: Mapping[str, BrokenType] = {}
    faults: tuple[DeclarationFault, ...] = ()

    def type_of(self, declared: object, path: str, record_id: object) -> RecordType | None:
        """The type that a record declares, else that of its folder, else that of its id.

        Of several types with one folder it is the one that has such ids.
        """
        if isinstance(declared, str):
            return self._by_name.get(declared)
        found = self._places.type_of(path, record_id if isinstance(record_id, str) else None)
        return found if isinstance(found, RecordType) else None

    def by_id(self, record_id: str) -> RecordType | None:
        """The type whose ids look like this one; bare slugs are nobody's."""
        found = self._places.by_id(record_id)
        return found if isinstance(found, RecordType) else None

    def may_be_broken(self, declared: object, path: str, record_id: object) -> str | None:
        """The broken type that a record without a type is, or may be, of; None where it isn't."""
        if isinstance(declared, str):
            return next((b.name for b in self.broken.values() if declared in b.names), None)
        found = self._places.type_of(path, record_id if isinstance(record_id, str) else None)
        if isinstance(found, BrokenType):
            return found.name
        unknown = (broken.name for broken in self.broken.values() if not broken.forms)
        return next(unknown, None) if found is None else None

    def required_type(self, name: str) -> RecordType | None:
        """The type of this name, None where there is none.

        Raises ConfigurationError where there is one that can't be used.
        """
        for fault in self.faults:
            if fault.type == name:
                raise fault.as_error()
        return self.types.get(name)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every value of `type` that means one of the types; their own names first."""
        return tuple(dict.fromkeys((*self.types, *self._by_name)))

    @cached_property
    def _by_name(self) -> dict[str, RecordType]:
        return {name: of for of in self.types.values() for name in (of.name, *of.names)}

    @cached_property
    def _places(self) -> TypePlaces:
        return TypePlaces((*self.types.values(), *self.broken.values()))


def load_catalogue(files: TemplateFiles) -> TypeCatalogue:
    """The types and the vocabulary in force, without those that can't be used.

    They are read once for as long as the files are the same. Raises ConfigurationError where
    govkb's own templates are damaged, StorageError where a file can't be read.
    """
    try:
        digest = digest_of(*files.contents())
    except OSError:
        return _read(files)
    return _remembered(files, digest)


@lru_cache(maxsize=8)
def _remembered(files: TemplateFiles, digest: bytes) -> TypeCatalogue:
    return _read(files)


def _read(files: TemplateFiles) -> TypeCatalogue:
    vocabulary, faults = load_vocabulary(files)
    types: dict[str, RecordType] = {}
    broken: dict[str, BrokenType] = {}
    names, known = files.type_names(), files.known_types()
    owners = {name: name for name in names}
    for declaration in _declarations(files, names):
        name = declaration.type or ""
        template = files.find(f"{name}/record.md.j2")
        record_type = read_type(declaration, vocabulary, known, template)
        if record_type is not None and _has_names_of_its_own(declaration, record_type, owners):
            types[name] = record_type
        else:
            broken[name] = broken_type(declaration, _shipped(files, declaration.file, name))
            faults += declaration.faults
    return TypeCatalogue(with_site_folders(types), vocabulary, broken, tuple(faults))


def _has_names_of_its_own(
    declaration: Declaration, record_type: RecordType, owners: dict[str, str]
) -> bool:
    """Whether no type before this one has one of its other names; notes those that one has."""
    for number, name in enumerate(record_type.names):
        owner = owners.setdefault(name, record_type.name)
        if owner != record_type.name:
            message = f"{name!r} already means the type {owner!r}"
            declaration.fault(("names", number), message, "leave it out of one of them")
    return not declaration.faults


def _declarations(files: TemplateFiles, names: list[str]) -> Iterator[Declaration]:
    schema = shipped_schema(files, "type.schema.yaml")
    for name in names:
        file = files.find(f"{name}/type.yaml")
        if file is not None:
            yield read_declaration(file, schema, name)


def _shipped(files: TemplateFiles, own: Path, name: str) -> Declaration | None:
    """The declaration that a repository's own takes the place of."""
    for folder in files.folders:
        file = folder / name / "type.yaml"
        if file != own and file.is_file():
            return read_declaration(file, None, name)
    return None
