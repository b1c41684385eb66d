"""How records hang together over several steps: what is near, between, and built on what."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from govkb.graph import Relation
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record


class Step(NamedTuple):
    """A record that was reached from another by one relation.

    `distance` counts the steps from where somebody began; there is no `relation` there.
    """

    record: Record
    distance: int
    relation: Relation | None = None
    of: str = ""

    @property
    def kind(self) -> str:
        """The name of the relation, as it reads from this record."""
        kind = self.relation.kind if self.relation else None
        if self.relation is None or kind is None:
            return "mention" if self.relation else ""
        return kind.name if self.relation.source == self.record.id else kind.inverse

    @property
    def label(self) -> str:
        """The relation in words that read from this record to the one that it was reached from."""
        relation = self.relation
        if relation is None:
            return ""
        is_source = relation.source == self.record.id
        if relation.kind is None:
            return "Mentions" if is_source else "Mentioned by"
        return relation.kind.label if is_source else relation.kind.inverse_label


Edges = Mapping[str, tuple[Relation, ...]]
Counts = Callable[[Relation], bool]


def related(base: KnowledgeBase, record: Record, depth: int, counts: Counts) -> list[Step]:
    """Everything that is at most so many relations away, the nearest first, then by id."""
    found = _spread(base, record, depth, lambda one: _around(base, one), counts)
    return sorted(found, key=lambda step: (step.distance, step.record.id))


def impact(base: KnowledgeBase, record: Record, depth: int, counts: Counts) -> list[Step]:
    """Everything that stands on a record, by relation, then the nearest first.

    A record stands on what it cites in a field, and on what blocks it; symmetric relations and what
    has no effect today don't count. Mentions do where they are counted.
    """

    def standing_on(one: str) -> Iterator[tuple[Relation, str]]:
        graph = base.graph
        for relation in (*graph.incoming.get(one, ()), *graph.outgoing.get(one, ())):
            if _stands_on(relation) == one and base.is_in_force(relation):
                yield relation, _other_end(relation, one)

    found = _spread(base, record, depth, standing_on, counts)
    return sorted(found, key=lambda step: (step.kind, step.distance, step.record.id))


def way(base: KnowledgeBase, start: Record, end: Record, counts: Counts) -> list[Step]:
    """The shortest way between two records, in either direction of each relation.

    Of several the one with the fewest mentions, then the first by ids. Empty where there is none.
    """
    came: dict[str, Relation | None] = {}
    ahead: list[tuple[int, int, str, str, Relation | None]] = [(0, 0, start.id, "", None)]
    while ahead:
        steps, mentions, one, _, relation = heapq.heappop(ahead)
        if one in came:
            continue
        came[one] = relation
        if one == end.id:
            return _walked(base, came, end.id)
        for edge, other in _sorted(_around(base, one)):
            if other not in came and counts(edge):
                heapq.heappush(ahead, (steps + 1, mentions + (edge.kind is None), other, one, edge))
    return []


def orphans(base: KnowledgeBase, counts: Counts) -> list[Record]:
    """The records that nothing leads to and that lead nowhere, by id."""
    joined: set[str] = set()
    for relation in base.graph.relations:
        if counts(relation):
            joined |= {relation.source, relation.target}
    return [base.records_by_id[name] for name in sorted(base.records_by_id.keys() - joined)]


def every_relation(relation: Relation) -> bool:
    """Counts what is declared and what is only mentioned."""
    return True


def declared_ones(relation: Relation) -> bool:
    """Counts what stands in a field."""
    return relation.kind is not None


def _spread(
    base: KnowledgeBase,
    record: Record,
    depth: int,
    next_to: Callable[[str], Iterable[tuple[Relation, str]]],
    counts: Counts,
) -> list[Step]:
    """Every record that is reached from one in so many steps, each by its shortest way."""
    found: dict[str, Step] = {record.id: Step(record, 0)}
    ahead = [record.id]
    for distance in range(1, depth + 1):
        reached: dict[str, Step] = {}
        for one in sorted(ahead):
            for relation, other in _sorted(next_to(one)):
                if other not in found and other not in reached and counts(relation):
                    other_record = base.records_by_id[other]
                    reached[other] = Step(other_record, distance, relation, one)
        if not reached:
            break
        found |= reached
        ahead = list(reached)
    del found[record.id]
    return list(found.values())


def _around(base: KnowledgeBase, one: str) -> Iterator[tuple[Relation, str]]:
    """The relations of a record, each with the record at its other end."""
    graph = base.graph
    for relation in (*graph.incoming.get(one, ()), *graph.outgoing.get(one, ())):
        yield relation, _other_end(relation, one)


def _sorted(edges: Iterable[tuple[Relation, str]]) -> list[tuple[Relation, str]]:
    """Declared ones before mentions, then by name and id."""

    def key(edge: tuple[Relation, str]) -> tuple[bool, str, str, str]:
        relation, other = edge
        kind = relation.kind
        return kind is None, kind.name if kind else "", other, relation.source

    return sorted(edges, key=key)


def _stands_on(relation: Relation) -> str:
    """The end of a relation that the other one stands on; empty where neither does."""
    kind = relation.kind
    if kind is not None and kind.is_symmetric:
        return ""
    return relation.source if kind is not None and kind.waits == "target" else relation.target


def _other_end(relation: Relation, one: str) -> str:
    return relation.source if relation.target == one else relation.target


def _walked(base: KnowledgeBase, came: Mapping[str, Relation | None], end: str) -> list[Step]:
    """The way back from the end, turned round."""
    way = []
    one = end
    while (relation := came[one]) is not None:
        before = _other_end(relation, one)
        way.append((one, relation, before))
        one = before
    steps = [Step(base.records_by_id[one], 0)]
    for number, (name, relation, before) in enumerate(reversed(way), 1):
        steps.append(Step(base.records_by_id[name], number, relation, before))
    return steps
