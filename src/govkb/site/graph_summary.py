"""A graph in few words: how many relations of each kind lead from one type to another."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from govkb.graph.layout import Point
from govkb.knowledge_base import KnowledgeBase
from govkb.site.drawing import Edge, Node, draw
from govkb.site.graph_data import WITHOUT_TYPE, choices, relation_label
from govkb.site.viewpoint import Viewpoint

_ACROSS, _DOWN = 330, 150


class RelationCount(Struct, frozen=True):
    """How often records of one type refer to those of another in one way."""

    source: str
    label: str
    target: str
    count: int


def relation_counts(base: KnowledgeBase) -> tuple[RelationCount, ...]:
    """Every kind of relation between every two types, the most frequent first."""
    counts = Counter(
        (_plural(r.source, base), relation_label(r.kind).lower(), _plural(r.target, base))
        for r in base.graph.relations
        if r.source in base.records_by_id and r.target in base.records_by_id
    )
    found = [RelationCount(*key, count) for key, count in counts.items()]
    return tuple(sorted(found, key=lambda c: (-c.count, c.source, c.label, c.target)))


def draw_types(base: KnowledgeBase, types: Sequence[str], view: Viewpoint) -> Markup:
    """The types on a ring, with a line where records of the one refer to records of the other."""
    present = choices(base, types).types
    nodes = [_node(name, count, base, view) for name, count in present]
    counts: Counter[tuple[str, str]] = Counter()
    for found in relation_counts(base):
        counts[found.source, found.target] += found.count
    by_label = {node.title: node.id for node in nodes}
    edges = [
        Edge(by_label[source], by_label[target], f"{count:,} relations", False)
        for (source, target), count in counts.items()
    ]
    caption = "The types, and which of them refer to which"
    return Markup(draw(nodes, edges, _ring([node.id for node in nodes]), types, caption))


def _node(name: str, count: int, base: KnowledgeBase, view: Viewpoint) -> Node:
    record_type = base.catalogue.types.get(name)
    label = record_type.plural if record_type else WITHOUT_TYPE
    href = view.type_page(record_type) if record_type else None
    return Node(f"{label}: {count:,}", f"{label} {count:,}", label, href, name)


def _ring(names: Sequence[str]) -> dict[str, Point]:
    turn = 2 * math.pi / max(len(names), 1)
    return {
        name: (round(_ACROSS * math.sin(n * turn)), round(-_DOWN * math.cos(n * turn)))
        for n, name in enumerate(names)
    }


def _plural(record_id: str, base: KnowledgeBase) -> str:
    record_type = base.records_by_id[record_id].type
    return record_type.plural if record_type else WITHOUT_TYPE
