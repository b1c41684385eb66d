"""The edges between records as rules look at them: each once, with the place that states it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from govkb.diagnostics import Related
from govkb.graph import Citation, End, end_of, is_in_force
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RelationType


class Edge(NamedTuple):
    """A relation between two records, and the first place that states it."""

    kind: RelationType
    source: Record
    target: Record
    stated: Citation

    @property
    def said(self) -> Mapping[str, Any]:
        """What is said about it where it is stated."""
        return self.stated.qualifiers


def edges(base: KnowledgeBase, kind: RelationType) -> Iterator[Edge]:
    """Every edge of a kind between two different records, in the order of the records."""
    seen: set[tuple[str, str]] = set()
    for citation, resolution, *_ in base.graph.by_relation.get(kind.name, ()):
        target = resolution.record
        if target is None or target.id == citation.record.id or not citation.record.id:
            continue
        ends = (target, citation.record) if citation.is_inverse else (citation.record, target)
        key = ends[0].id, ends[1].id
        if key not in seen and not (kind.is_symmetric and key[::-1] in seen):
            seen.add(key)
            yield Edge(kind, *ends, citation)


def edges_in_force(base: KnowledgeBase, kind: RelationType) -> Iterator[Edge]:
    """The edges of a kind that have their effect today."""
    return (edge for edge in edges(base, kind) if holds(base, edge))


def holds(base: KnowledgeBase, edge: Edge) -> bool:
    """Whether an edge has its effect today."""
    kind, source, target, stated = edge
    return is_in_force(kind, source, target, stated.qualifiers, base.graph.resolver, base.today)


def has_lapsed(base: KnowledgeBase, edge: Edge) -> bool:
    """Whether an edge was there for a time only, and that is over."""
    end = end_of_edge(base, edge)
    return end is not None and end.is_over


def end_of_edge(base: KnowledgeBase, edge: Edge) -> End | None:
    """Until when an edge holds; None for one that holds for good."""
    until = edge.said.get("until")
    if not isinstance(until, str) or not until.strip():
        return None
    return end_of(until, edge.source, base.graph.resolver, base.today)


def temporary_citations(base: KnowledgeBase) -> Iterator[Citation]:
    """Every declared reference about which `until` may be said."""
    uses = [use for of in base.catalogue.types.values() for use in of.uses.items()]
    named = {name for name, use in uses if "until" in use.qualifiers}
    for kind in kinds(base):
        if kind.name in named or kind.is_temporary:
            yield from (c.citation for c in base.graph.by_relation.get(kind.name, ()))


def kinds(base: KnowledgeBase) -> list[RelationType]:
    """Every relation that there is, in the order of the vocabulary."""
    return list(base.catalogue.vocabulary.relations.values())


def unread_types(base: KnowledgeBase) -> frozenset[str]:
    """The types of the records that can't be read, as far as their place or id tells.

    What such a record says isn't known; nobody is to be blamed for missing it. With one that could
    be anything, every type is among them; and so are those whose declaration can't be used.
    """
    found: set[str] = set()
    for result in base.results:
        if result.record is None:
            of = base.catalogue.type_of(None, result.place, result.claimed_id)
            found |= {of.name} if of is not None else set(base.catalogue.types)
    return frozenset(found | set(base.catalogue.broken))


def stated_at(edge: Edge) -> Related:
    """The place that states an edge."""
    record = edge.stated.record
    span = record.span_of(edge.stated.key, value=True)
    return Related(f"{record.id} says so here", record.path, span)


def field_of(edge: Edge) -> str:
    """The field that states an edge."""
    return edge.kind.inverse if edge.stated.is_inverse else edge.kind.name


def following_statuses(record: Record, kind: RelationType) -> tuple[str, ...]:
    """The statuses of which a record should have one that a relation leads to.

    There are none where all is well, or where none of them can be reached any more.
    """
    if record.type is None or record.type.statuses.is_free or record.status is None:
        return ()
    machine = record.type.statuses
    fitting = [name for name in kind.target_status if name in machine.moves]
    if kind.target_status[0] not in machine.moves:
        fitting += [name for name in machine.names if name in machine.done]
    if record.status in fitting:
        return ()
    return tuple(name for name in fitting if name in machine.reachable(record.status))
