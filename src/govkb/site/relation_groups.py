"""A record's relations, in and out, under their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from govkb.graph import Relation
from govkb.reading import Record
from govkb.site.viewpoint import RecordLink, Viewpoint

_MENTIONS, _MENTIONED_IN = "Mentions", "Mentioned in"


@dataclass(frozen=True, slots=True)
class Related:
    """A record at the other end of a relation, and what was noted about the relation."""

    link: RecordLink
    note: Markup | None


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """All relations of one name. `is_mention` marks those that no field declares."""

    label: str
    related: tuple[Related, ...]
    is_mention: bool


@dataclass(frozen=True, slots=True)
class Relations:
    """What a record points to, and what points to it."""

    outgoing: tuple[RelationGroup, ...]
    incoming: tuple[RelationGroup, ...]

    @property
    def count(self) -> int:
        """How many relations there are in all."""
        return sum(len(group.related) for group in (*self.outgoing, *self.incoming))


def relations_of(record: Record, view: Viewpoint) -> Relations:
    """The relations of a record. A symmetric one counts as outgoing, whichever end declares it."""
    graph = view.base.graph
    leaving = graph.outgoing.get(record.id, ())
    arriving = graph.incoming.get(record.id, ())
    symmetric = [r for r in arriving if r.kind and r.kind.is_symmetric]
    known = {(r.target, r.kind.name) for r in leaving if r.kind}
    symmetric = [r for r in symmetric if r.kind and (r.source, r.kind.name) not in known]
    directed = [r for r in arriving if not (r.kind and r.kind.is_symmetric)]
    return Relations(
        _groups(record, (*leaving, *symmetric), view, is_outgoing=True),
        _groups(record, directed, view, is_outgoing=False),
    )


def _groups(
    record: Record, relations: Iterable[Relation], view: Viewpoint, *, is_outgoing: bool
) -> tuple[RelationGroup, ...]:
    order = list(view.base.catalogue.vocabulary.relations)
    named: dict[tuple[int, str], list[Related]] = {}
    for relation in relations:
        place = order.index(relation.kind.name) if relation.kind else len(order)
        key = place, _label(relation, is_outgoing=is_outgoing)
        related = _related(record, relation, view)
        if related is not None:
            named.setdefault(key, []).append(related)
    return tuple(
        RelationGroup(label, tuple(sorted(found, key=lambda r: r.link.id)), place == len(order))
        for (place, label), found in sorted(named.items(), key=lambda item: item[0])
    )


def _label(relation: Relation, *, is_outgoing: bool) -> str:
    if relation.kind is None:
        return _MENTIONS if is_outgoing else _MENTIONED_IN
    return relation.kind.label if is_outgoing else relation.kind.inverse_label


def _related(record: Record, relation: Relation, view: Viewpoint) -> Related | None:
    records = view.base.records_by_id
    other = relation.target if relation.source == record.id else relation.source
    if other not in records:
        return None
    # Whoever declares a relation writes its note, and `superseded_by` is declared by the target.
    said = _said(relation, view)
    note = view.prose(said, records[relation.source]) if said else None
    return Related(view.link(records[other]), note)


def _said(relation: Relation, view: Viewpoint) -> str:
    """What was noted about a relation, for what and until when, and how it was resolved."""
    said = {key: value for key, value in relation.qualifiers.items() if isinstance(value, str)}
    parts = [relation.note]
    if "scope" in said:
        parts.append(f"for {said['scope']}")
    if "until" in said:
        parts.append(f"until {said['until']}{', which is over' * _has_lapsed(relation, view)}")
    if "resolution" in said:
        parts.append(f"resolved: {said['resolution']}")
    return "; ".join(part for part in parts if part)


def _has_lapsed(relation: Relation, view: Viewpoint) -> bool:
    """Whether it would have its effect if it weren't for a time only."""
    lasting = relation._replace(qualifiers={})
    return view.base.is_in_force(lasting) and not view.base.is_in_force(relation)
