"""Relations that a record could declare: to what its text names and its fields don't."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkb.graph.references import Citation
from govkb.graph.relations import RecordGraph
from govkb.reading import Record


class Undeclared(NamedTuple):
    """A record that another one mentions, first at `citation`, while no field joins the two."""

    record: Record
    target: Record
    citation: Citation


def undeclared(graph: RecordGraph, relation: str) -> Iterator[Undeclared]:
    """What could be declared by a relation, in the order of the records and of their texts.

    Names in inline code count here as well. Left out are records whose type doesn't have the
    relation or doesn't lead there, and those that share their id with another.
    """
    joined = _joined(graph)
    by_id = graph.resolver.names.by_id
    for citation, resolution, *_ in graph.citations:
        record, target = citation.record, resolution.record
        if citation.key or target is None or target is record:
            continue
        pair = (record.path, target.path)
        if pair not in joined and len(by_id.get(target.id, ())) == 1:
            if _may_declare(record, relation, target):
                yield Undeclared(record, target, citation)
            joined.add(pair)


def _joined(graph: RecordGraph) -> set[tuple[str, str]]:
    """The paths of every two records of which one declares something about the other."""
    pairs: set[tuple[str, str]] = set()
    for citation, resolution, *_ in graph.declared:
        if resolution.record is not None:
            ends = citation.record.path, resolution.record.path
            pairs |= {ends, ends[::-1]}
    return pairs


def _may_declare(record: Record, relation: str, target: Record) -> bool:
    if record.type is None or relation not in record.type.relations:
        return False
    use = record.type.uses.get(relation)
    leads_there = use is None or not use.to or (target.type and target.type.name in use.to)
    return bool(leads_there) and record.sidecar is None
