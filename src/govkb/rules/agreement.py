"""Relations that both ends write, and the records that are left out at one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkb.diagnostics import Related
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RelationType
from govkb.record_types.fields import dotted
from govkb.rules.relations import Edge, field_of, holds, stated_at


class Unreturned(NamedTuple):
    """A record that writes a relation, but leaves out another record which names it."""

    record: Record
    field: tuple[str | int, ...]
    message: str
    hint: str
    place: Related


def unreturned(base: KnowledgeBase, kind: RelationType) -> Iterator[Unreturned]:
    """Every record that is left out at one end of a relation which both ends write.

    What is of no effect may be left out: a proposal, or what was there for a time only.
    """
    if not any(c.citation.is_inverse for c in base.graph.by_relation.get(kind.name, ())):
        return
    fields = _fields_written(base, kind)
    stated = _stated(base, kind)
    for (source_id, target_id, is_inverse), edge in stated.items():
        record = edge.source if is_inverse else edge.target
        field = fields.get((record.id, not is_inverse))
        if field is None or (source_id, target_id, not is_inverse) in stated:
            continue
        if holds(base, edge):
            yield _left_out(edge, record, field)


def _fields_written(
    base: KnowledgeBase, kind: RelationType
) -> dict[tuple[str, bool], tuple[str | int, ...]]:
    """Where a record writes a relation, by its id and whether it does so from the other end."""
    found: dict[tuple[str, bool], tuple[str | int, ...]] = {}
    for citation, *_ in base.graph.by_relation.get(kind.name, ()):
        path = citation.key
        while len(path) > 1 and (path[-1] == "ref" or isinstance(path[-1], int)):
            path = path[:-1]
        found.setdefault((citation.record.id, citation.is_inverse), path)
    return found


def _stated(base: KnowledgeBase, kind: RelationType) -> dict[tuple[str, str, bool], Edge]:
    """The edges of a kind by their ends and by the end at which they are stated."""
    found: dict[tuple[str, str, bool], Edge] = {}
    for citation, resolution, *_ in base.graph.by_relation.get(kind.name, ()):
        record = resolution.record
        if record is not None and record.id != citation.record.id:
            ends = (record, citation.record) if citation.is_inverse else (citation.record, record)
            key = ends[0].id, ends[1].id, citation.is_inverse
            found.setdefault(key, Edge(kind, *ends, citation))
    return found


def _left_out(edge: Edge, record: Record, field: tuple[str | int, ...]) -> Unreturned:
    citing = edge.stated.record
    said = f"`{field_of(edge)}: {record.id}`"
    message = f"`{dotted(field)}` of {record.id} leaves out {citing.id}, which says {said}"
    hint = f"add {citing.id} here, or take {record.id} out there"
    return Unreturned(record, field, message, hint, stated_at(edge))
