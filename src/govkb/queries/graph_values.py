"""The graph as plain values, the same for commands and for the files of a site."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

from govkb.graph import Relation
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.values import value_of
from govkb.reading import Record


def node_value(record: Record, base: KnowledgeBase, page: str | None = None) -> dict[str, Any]:
    """A record as a node, with how many relations lead to it and from it."""
    severity = value_of(record, "severity")
    return {
        "id": record.id,
        "title": record.title,
        "type": record.type.name if record.type else None,
        "status": record.status,
        "severity": severity if isinstance(severity, str) else None,
        "date": record.date,
        "page": page,
        "incoming": len(base.graph.incoming.get(record.id, ())),
        "outgoing": len(base.graph.outgoing.get(record.id, ())),
    }


def edge_value(relation: Relation, base: KnowledgeBase) -> dict[str, Any]:
    """A relation as an edge, from the record that cites; a mention has no kind."""
    return {
        "source": relation.source,
        "target": relation.target,
        "kind": relation.kind.name if relation.kind else None,
        "in_force": base.is_in_force(relation),
    }


def relations_value(relations: Iterable[Relation]) -> dict[str, dict[str, Any]]:
    """How the relations that records have read from either end, by name."""
    kinds = {relation.kind.name: relation.kind for relation in relations if relation.kind}
    return {
        name: {
            "label": kind.label,
            "inverse": kind.inverse,
            "inverse_label": kind.inverse_label,
            "is_symmetric": kind.is_symmetric,
        }
        for name, kind in kinds.items()
    }


def relations_among(base: KnowledgeBase, ids: Container[str]) -> Iterator[Relation]:
    """The relations with both ends among some records."""
    return (r for r in base.graph.relations if r.source in ids and r.target in ids)
