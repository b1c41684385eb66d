"""The edges between records: declared ones from their fields, mentions from their text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec import Struct

from govkb.graph.citing import CitationReader, ResolvedCitation
from govkb.graph.finding import NameFinder
from govkb.graph.mention_patterns import mention_patterns
from govkb.graph.mentions import Mention, MentionKind, mentions_of
from govkb.graph.resolution import ResolutionKind
from govkb.graph.resolver import Resolver
from govkb.graph.rows import Rows
from govkb.graph.surroundings import Surroundings
from govkb.reading import ReadResult, Record
from govkb.record_types import RelationType, TypeCatalogue
from govkb.settings import ReferenceSettings


class Relation(NamedTuple):
    """An edge that points citing → cited, by record ids. `kind` is None for a mention.

    `qualifiers` is what the field that states it says about it, the note among it.
    """

    source: str
    target: str
    kind: RelationType | None
    note: str | None = None
    qualifiers: Mapping[str, Any] = MappingProxyType({})


class RecordGraph(Struct, frozen=True, dict=True):
    """Every citation and every edge, which are only looked for once somebody asks.

    Each pair of records has at most one edge of a kind, also where both declare a symmetric one,
    and a mention only where no declared edge joins the two.
    """

    read: Callable[[], Iterable[ResolvedCitation]]
    resolver: Resolver
    mentions: NameFinder

    @cached_property
    def citations(self) -> tuple[ResolvedCitation, ...]:
        """Every citation, in the order of the records."""
        return tuple(self.read())

    @cached_property
    def declared(self) -> tuple[ResolvedCitation, ...]:
        """The citations that stand in relation fields."""
        return tuple(c for c in self.citations if c.citation.relation is not None)

    @cached_property
    def by_relation(self) -> Mapping[str, Sequence[ResolvedCitation]]:
        """The same, by the name of the relation that they state in either direction."""
        groups: dict[str, list[ResolvedCitation]] = defaultdict(list)
        for resolved in self.declared:
            relation = resolved.citation.relation
            assert relation is not None
            groups[relation.name].append(resolved)
        return groups

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Every edge: the declared ones, then mentions."""
        return _edges(self.citations)

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Relation, ...]]:
        """The edges by the record that cites."""
        return _grouped(self.relations, by_source=True)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Relation, ...]]:
        """The edges by the record that is cited."""
        return _grouped(self.relations, by_source=False)

    @cached_property
    def without_part(self) -> tuple[ResolvedCitation, ...]:
        """The citations whose record or file is there, but not the part of it that they name."""
        return tuple(c for c in self.citations if c.misses_part)

    def resolved_as(self, *kinds: ResolutionKind) -> Iterable[ResolvedCitation]:
        """The citations that were resolved in one of these ways, in the order of the records."""
        found = (c for kind in kinds for c in self._by_kind.get(kind.value, ()))
        if len(kinds) > 1 or ResolutionKind.ID in kinds:
            found = (c for c in self.citations if c.resolution.kind in kinds)
        return found

    @cached_property
    def _by_kind(self) -> Mapping[str, Sequence[ResolvedCitation]]:
        """All but those that are the rule: references by id."""
        usual = ResolutionKind.ID
        groups: dict[str, list[ResolvedCitation]] = defaultdict(list)
        for resolved in self.citations:
            kind = resolved.resolution.kind
            if kind is not usual:
                groups[kind.value].append(resolved)
        return groups


def build_graph(
    results: Iterable[ReadResult],
    catalogue: TypeCatalogue,
    surroundings: Surroundings | None = None,
    settings: ReferenceSettings | None = None,
    mentions: Callable[[Record], Sequence[Mention]] | None = None,
) -> RecordGraph:
    """The graph of all readable records.

    `surroundings` know the files and commits of the repository. `mentions` gives what each record's
    text mentions, where that is known already; otherwise it is looked for here.
    """
    results = list(results)
    resolver = Resolver(results, surroundings, settings)
    patterns = mention_patterns(catalogue)
    if mentions is None:

        def mentions(record: Record) -> Sequence[Mention]:
            return mentions_of(record, patterns)

    records = [result.record for result in results if result.record is not None]
    reader = CitationReader(resolver, Rows(catalogue, records), mentions)
    finder = NameFinder(patterns, resolver.names.by_alias)
    return RecordGraph(lambda: reader.read(records), resolver, finder)


def _edges(citations: Iterable[ResolvedCitation]) -> tuple[Relation, ...]:
    declared: dict[tuple[str, str, str], Relation] = {}
    mentioned: dict[tuple[str, str], None] = {}
    citing, source = None, ""
    for citation, resolution, _, _ in citations:
        if citation.record is not citing:
            citing = citation.record
            source = citing.id
        target = resolution.record.id if resolution.record is not None else ""
        if not source or not target or source == target:
            continue
        relation = citation.relation
        if relation is not None:
            one, other = (target, source) if citation.is_inverse else (source, target)
            swap = other < one and relation.is_symmetric
            key = (other, one, relation.name) if swap else (one, other, relation.name)
            if key not in declared:
                said = citation.qualifiers
                declared[key] = Relation(one, other, relation, citation.note, said)
        elif citation.kind != MentionKind.CODE:
            mentioned[source, target] = None
    joined = {(one, other) for one, other, _ in declared}
    loose = [
        Relation(one, other, None)
        for one, other in mentioned
        if (one, other) not in joined and (other, one) not in joined
    ]
    return (*declared.values(), *loose)


def _grouped(relations: Iterable[Relation], *, by_source: bool) -> dict[str, tuple[Relation, ...]]:
    groups: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        groups[relation.source if by_source else relation.target].append(relation)
    return {record_id: tuple(group) for record_id, group in groups.items()}
