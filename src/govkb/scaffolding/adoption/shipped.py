"""What govkb brings itself, and how well its types fit records that are there already."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from govkb.config import Config
from govkb.diagnostics import Severity
from govkb.errors import UsageError
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult, read_record
from govkb.record_types import TypeCatalogue, load_catalogue
from govkb.record_types.declarations import read_declaration
from govkb.rules import all_rules
from govkb.template_files import TemplateFiles, shipped_templates


class Shipped(Struct, frozen=True):
    """The types that govkb brings, loaded and as their files say them."""

    catalogue: TypeCatalogue
    declarations: Mapping[str, Mapping[str, Any]]

    @property
    def definitions(self) -> frozenset[str]:
        """The names of the schemas in its vocabulary."""
        return frozenset(self.catalogue.vocabulary.definitions)

    @property
    def fields(self) -> Mapping[str, Any]:
        """The fields that every record may have."""
        return self.catalogue.vocabulary.fields

    def relation_names(self) -> dict[str, str]:
        """Every name of a field that states a relation, from either end, with the relation."""
        relations = self.catalogue.vocabulary.relations.values()
        inverses = {r.inverse: r.name for r in relations}
        return inverses | {relation.name: relation.name for relation in relations}

    def refuse_unknown_type(self, name: str) -> None:
        """Raises UsageError where govkb brings no type of this name."""
        if name not in self.declarations:
            near = difflib.get_close_matches(name.lower(), self.declarations, 1)
            known = ", ".join(sorted(self.declarations))
            hint = f"did you mean {near[0]!r}?" if near else f"types: {known}"
            raise UsageError(f"govkb brings no type called {name!r}", hint)

    def read(self, path: str, data: bytes, type_name: str | None = None) -> ReadResult:
        """A file as govkb would read it, where it is or as if it were among records of a type."""
        place = path
        if type_name is not None:
            folder = self.catalogue.types[type_name].folder
            place = f"{folder}/{path.rpartition('/')[2]}".lstrip("/")
        return read_record(path, place, data, self.catalogue)

    def has_faults(self, result: ReadResult) -> bool:
        """Whether a rule about single files complains about this one."""
        terms = Terms(Config(Path()), self.catalogue)
        found = (d for rule in all_rules() for d in _findings(rule, result, terms))
        return any(d.severity is not Severity.INFO for d in found)


def load_shipped() -> Shipped:
    """The types and the vocabulary as installed."""
    files = TemplateFiles((shipped_templates(),))
    declarations = {
        name: read_declaration(file).data
        for name in files.type_names()
        if (file := files.find(f"{name}/type.yaml"))
    }
    return Shipped(load_catalogue(files), declarations)


def _findings(registered: Any, result: ReadResult, terms: Terms) -> Iterable[Any]:
    if registered.check_file is not None:
        yield from registered.check_file(result, terms)
    record = result.record
    if registered.check_record is not None and record is not None and record.type is not None:
        yield from registered.check_record(record, terms)
