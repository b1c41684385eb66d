"""The edges between records: declared ones from their fields, mentions from their text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from govkb.graph.references import Citation, Mentions, declared_citations
from govkb.graph.resolver import Resolution, Resolver, heading_of
from govkb.reading import Heading, ReadResult, Record
from govkb.record_types import RelationType, TypeCatalogue


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge that points citing → cited, by record ids. `kind` is None for a mention."""

    source: str
    target: str
    kind: RelationType | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ResolvedCitation:
    """A citation and what it leads to; `heading` is the part of the record that is meant."""

    citation: Citation
    resolution: Resolution
    heading: Heading | None = None

    @property
    def misses_part(self) -> bool:
        """Whether the record is there, but not the part of it that is named."""
        name = self.citation.name
        names_part = name.fragment is not None or name.part is not None
        return names_part and self.resolution.record is not None and self.heading is None


@dataclass(frozen=True, slots=True)
class RecordGraph:
    """Every citation and every edge.

    `outgoing` and `incoming` are keyed by record id; each pair of records has at most one edge of
    a kind, also where both declare a symmetric one, and a mention only where no declared edge joins
    the two.
    """

    citations: tuple[ResolvedCitation, ...]
    relations: tuple[Relation, ...]
    outgoing: Mapping[str, tuple[Relation, ...]]
    incoming: Mapping[str, tuple[Relation, ...]]
    resolver: Resolver
    mentions: Mentions


def build_graph(
    results: Iterable[ReadResult],
    catalogue: TypeCatalogue,
    is_file: Callable[[str], bool] = lambda _: False,
) -> RecordGraph:
    """The graph of all readable records; `is_file` knows the files of the repository."""
    results = list(results)
    resolver = Resolver(results, is_file)
    mentions = Mentions(catalogue, resolver.aliases)
    records = [result.record for result in results if result.record is not None]
    citations = [
        _resolve(citation, resolver)
        for record in records
        for citation in (*declared_citations(record), *mentions.citations(record))
    ]
    relations = _edges(citations)
    return RecordGraph(
        tuple(citations),
        relations,
        _grouped(relations, by_source=True),
        _grouped(relations, by_source=False),
        resolver,
        mentions,
    )


def _resolve(citation: Citation, resolver: Resolver) -> ResolvedCitation:
    resolution = resolver.resolve(citation.name.target, citation.record)
    name = citation.name
    heading = None
    if resolution.record is not None and (name.fragment is not None or name.part is not None):
        heading = heading_of(resolution.record, name)
    return ResolvedCitation(citation, resolution, heading)


def _edges(citations: Iterable[ResolvedCitation]) -> tuple[Relation, ...]:
    declared: dict[tuple[str, ...], Relation] = {}
    mentioned: dict[tuple[str, str], Relation] = {}
    for resolved in citations:
        citation, target = resolved.citation, resolved.resolution.record
        if target is None or not citation.record.id or target.id == citation.record.id:
            continue
        ends = _ends(citation, citation.record, target)
        if citation.relation is None:
            mentioned.setdefault(ends, Relation(*ends, None))
        else:
            pair = tuple(sorted(ends)) if citation.relation.is_symmetric else ends
            key = (*pair, citation.relation.name)
            declared.setdefault(key, Relation(*ends, citation.relation, citation.note))
    joined = {frozenset((r.source, r.target)) for r in declared.values()}
    loose = [r for r in mentioned.values() if frozenset((r.source, r.target)) not in joined]
    return (*declared.values(), *loose)


def _ends(citation: Citation, citing: Record, cited: Record) -> tuple[str, str]:
    return (cited.id, citing.id) if citation.is_inverse else (citing.id, cited.id)


def _grouped(relations: Iterable[Relation], *, by_source: bool) -> dict[str, tuple[Relation, ...]]:
    groups: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        groups[relation.source if by_source else relation.target].append(relation)
    return {record_id: tuple(group) for record_id, group in groups.items()}
