"""Everything known about a folder of records at one moment; rules and pages are functions of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from govkb.config import Config
from govkb.graph import RecordGraph
from govkb.history import EntryChange
from govkb.reading import ReadResult, Record
from govkb.record_types import TypeCatalogue


@dataclass(frozen=True, slots=True)
class Terms:
    """What a single file is judged by: nothing here depends on any other record."""

    config: Config
    catalogue: TypeCatalogue


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """A frozen view of all records.

    `results` has one entry per file, sorted by path. `records_by_id` holds the records with an id,
    the first by path where two claim one. `before` holds the records of the base, by id, and
    `changes` says what became of append-only entries since; both are empty where there is no base
    to compare with.
    """

    config: Config
    catalogue: TypeCatalogue
    results: tuple[ReadResult, ...]
    graph: RecordGraph
    today: date
    changes: tuple[EntryChange, ...] = ()
    records_by_id: Mapping[str, Record] = field(default_factory=dict)
    before: Mapping[str, Record] = field(default_factory=dict)

    @property
    def terms(self) -> Terms:
        """What every file of it is judged by."""
        return Terms(self.config, self.catalogue)

    @property
    def records(self) -> Iterator[Record]:
        """Every readable record, sorted by path."""
        return (result.record for result in self.results if result.record is not None)

    def of_type(self, name: str) -> list[Record]:
        """The records of a type, by id."""
        found = (r for r in self.records_by_id.values() if r.type and r.type.name == name)
        return sorted(found, key=lambda record: record.id)


def first_by_id(results: Iterable[ReadResult]) -> dict[str, Record]:
    """Records by id; of two with one id, the first."""
    found: dict[str, Record] = {}
    for result in results:
        if result.record is not None and result.record.id:
            found.setdefault(result.record.id, result.record)
    return found
