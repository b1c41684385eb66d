"""Everything known about a folder of records at one moment; rules and pages are functions of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct, field

from govkb.config import Config
from govkb.diagnostics import Diagnostic
from govkb.gating import Change
from govkb.graph import RecordGraph, Relation, is_in_force, is_open, waiting_and_awaited
from govkb.history import Answer, Copy, DataFile, EntryChange, Ledger
from govkb.history.ledger import file_name
from govkb.reading import ReadResult, Record
from govkb.record_types import TypeCatalogue
from govkb.source import SourceText


class Terms(Struct, frozen=True):
    """What a single file is judged by: nothing here depends on any other record."""

    config: Config
    catalogue: TypeCatalogue


class Before(Struct, frozen=True):
    """The base that is compared with: what of it differs from what is there now.

    `records` and `ledgers` are by record id, `terms` are the base's own; `changed` has the paths of
    all files that differ, and `workflows` the base's text of those that run checks. `attributes`
    are those of git that hide records now and didn't, each with the path of one. Where it was no
    project yet, with neither settings nor records, it `has_policy` none that could be loosened.
    `rivals` are the paths, by id, of the records that the base's branch got since this one left it.
    """

    records: Mapping[str, Record]
    ledgers: Mapping[str, Ledger]
    terms: Terms
    changed: frozenset[str] = frozenset()
    workflows: Mapping[str, str] = {}
    attributes: Mapping[str, str] = {}
    has_policy: bool = True
    rivals: Mapping[str, str] = {}

    def ledger(self, record_id: str, now: Mapping[str, Ledger], folder: str) -> Ledger | None:
        """A record's ledger in the base, if it had one; those that are the same are among `now`."""
        if record_id in self.ledgers or f"{folder}/{file_name(record_id)}" in self.changed:
            return self.ledgers.get(record_id)
        return now.get(record_id)


class EntryNews(Struct, frozen=True, dict=True):
    """What became of append-only entries. It is found out when somebody asks, once."""

    find_changes: Callable[[], tuple[EntryChange, ...]] = tuple
    find_copies: Callable[[], tuple[Copy, ...]] = tuple
    find_lost_answers: Callable[[], tuple[Answer, ...]] = tuple

    @cached_property
    def changes(self) -> tuple[EntryChange, ...]:
        """What became of them since a base, and since they were sealed."""
        return self.find_changes()

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """The entries that repeat another record's."""
        return self.find_copies()

    @cached_property
    def lost_answers(self) -> tuple[Answer, ...]:
        """The answers to entries that nothing knows."""
        return self.find_lost_answers()


class KnowledgeBase(Struct, frozen=True, dict=True):
    """A frozen view of all records.

    `results` has one entry per file, sorted by path. `records_by_id` holds the records with an
    id, the first by path where two claim one. `before` holds the records of the base, by id; it
    is empty where there is no base to compare with. `file_findings` is what the rules about
    single files have said already, by path; `folders_without_sidecar` are those that the settings
    demand one for, and `sidecars_without_file` the paths of those that describe nothing.
    `baseline` is the text of the file that the settings name. `ledgers` are by record id, `past`
    is the base as a whole; `entry_news` says what became of append-only entries, `data_files` the
    files of rows that the settings name. `pages` are files among the records that are none and
    list statuses. `change` is the one that gates are asked about, if it is that what somebody wants
    to know.
    """

    config: Config
    catalogue: TypeCatalogue
    results: tuple[ReadResult, ...]
    graph: RecordGraph
    today: date
    records_by_id: Mapping[str, Record] = {}
    before: Mapping[str, Record] = {}
    file_findings: Mapping[str, tuple[Diagnostic, ...]] | None = None
    folders_without_sidecar: tuple[str, ...] = ()
    baseline: SourceText | None = None
    sidecars_without_file: tuple[str, ...] = ()
    ledgers: Mapping[str, Ledger] = {}
    past: Before | None = None
    entry_news: EntryNews = field(default_factory=EntryNews)
    data_files: tuple[DataFile, ...] = ()
    pages: tuple[ReadResult, ...] = ()
    change: Change | None = None

    @property
    def changes(self) -> tuple[EntryChange, ...]:
        """What became of append-only entries since the base, and since they were sealed."""
        return self.entry_news.changes

    @property
    def copies(self) -> tuple[Copy, ...]:
        """The entries that repeat another record's."""
        return self.entry_news.copies

    @property
    def lost_answers(self) -> tuple[Answer, ...]:
        """The answers to entries that no record shows and no ledger knows."""
        return self.entry_news.lost_answers

    @property
    def files(self) -> Iterator[ReadResult]:
        """Every file that there may be something to say about: records, then pages."""
        yield from self.results
        yield from self.pages

    @property
    def terms(self) -> Terms:
        """What every file of it is judged by."""
        return Terms(self.config, self.catalogue)

    @property
    def records(self) -> Iterator[Record]:
        """Every readable record, sorted by path."""
        return (result.record for result in self.results if result.record is not None)

    def is_in_force(self, relation: Relation) -> bool:
        """Whether an edge has its effect today: no mere proposal, and not past its `until`."""
        kind, said = relation.kind, relation.qualifiers
        if kind is None or not (kind.void_while or "until" in said):
            return True
        source, target = (self.records_by_id[end] for end in (relation.source, relation.target))
        return is_in_force(kind, source, target, said, self.graph.resolver, self.today)

    def awaited_by(self, record: Record) -> list[Record]:
        """The records that one waits for and that are not done: while there are any, it waits."""
        edges = (*self.graph.outgoing.get(record.id, ()), *self.graph.incoming.get(record.id, ()))
        found: dict[str, Record] = {}
        for edge in edges:
            if edge.kind is not None and edge.kind.waits and self.is_in_force(edge):
                ends = self.records_by_id[edge.source], self.records_by_id[edge.target]
                waiting, awaited = waiting_and_awaited(edge.kind, *ends)
                if waiting.id == record.id and is_open(awaited):
                    found[awaited.id] = awaited
        return list(found.values())

    def now(self, before: Record) -> Record | None:
        """What became of a record of the base: the one with its id, or that was called so once."""
        found = self.records_by_id.get(before.id)
        if found is not None or not before.id:
            return found
        renamed = self.graph.resolver.names.by_alias.get(before.id, [])
        same = [r for r in renamed if r.type and before.type and r.type.name == before.type.name]
        return same[0] if len(same) == 1 else None

    def given_meanwhile(self) -> Iterator[tuple[Record, str]]:
        """New records whose ids the base's branch gave to others since, each with that one's path.

        There are none where no base is known.
        """
        past = self.past
        for record_id, path in sorted(past.rivals.items()) if past is not None else ():
            record = self.records_by_id.get(record_id)
            if record is None or past is None or record_id in past.records:
                continue
            if record.path in past.changed and record.path != path:
                yield record, path

    def has_landed(self, record: Record) -> bool:
        """Whether a record is in the base as it is here; never where no base is known."""
        return self.past is not None and record.path not in self.past.changed

    def of_type(self, name: str) -> list[Record]:
        """The records of a type, by id."""
        return list(self._by_type.get(name, ()))

    @cached_property
    def _by_type(self) -> Mapping[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in sorted(self.records_by_id.values(), key=lambda record: record.id):
            if record.type is not None:
                found.setdefault(record.type.name, []).append(record)
        return found


def real_records(results: Iterable[ReadResult]) -> Iterator[Record]:
    """Every readable record, in the order given; what only hands metadata down is none."""
    for result in results:
        if result.record is not None and result.record.sidecar != "folder":
            yield result.record


def first_by_id(results: Iterable[ReadResult]) -> dict[str, Record]:
    """Records by id; of two with one id, the first."""
    found: dict[str, Record] = {}
    for record in real_records(results):
        if record.id:
            found.setdefault(record.id, record)
    return found
