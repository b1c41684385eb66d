"""A record's relations, in and out, under their names."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup
from msgspec import Struct

from govkb.graph import Relation
from govkb.reading import Record
from govkb.site.viewpoint import RecordLink, Viewpoint

_MENTIONS, _MENTIONED_IN = "Mentions", "Mentioned in"
# What everybody names would otherwise have a page without end.
_MOST = 50


class Related(Struct, frozen=True):
    """A record at the other end of a relation, and what was noted about the relation.

    Of a mention the note is the words around it.
    """

    link: RecordLink
    note: Markup | None


class RelationGroup(Struct, frozen=True):
    """The relations of one name. `is_mention` marks those that no field declares.

    `more` is how many there are beside those shown, which are the newest then.
    """

    label: str
    related: tuple[Related, ...]
    is_mention: bool
    more: int = 0


class Relations(Struct, frozen=True):
    """What a record points to, and what points to it."""

    outgoing: tuple[RelationGroup, ...]
    incoming: tuple[RelationGroup, ...]

    @property
    def count(self) -> int:
        """How many relations there are in all."""
        return sum(len(group.related) + group.more for group in (*self.outgoing, *self.incoming))


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
    named: dict[tuple[int, str], list[tuple[Record, Relation]]] = {}
    for relation in relations:
        place = order.index(relation.kind.name) if relation.kind else len(order)
        key = place, _label(relation, is_outgoing=is_outgoing)
        other = _other(record, relation, view)
        if other is not None:
            named.setdefault(key, []).append((other, relation))
    return tuple(
        _group(label, found, view, is_mention=place == len(order))
        for (place, label), found in sorted(named.items(), key=lambda item: item[0])
    )


def _group(
    label: str, found: list[tuple[Record, Relation]], view: Viewpoint, *, is_mention: bool
) -> RelationGroup:
    found.sort(key=lambda pair: pair[0].id)
    shown = found
    if len(found) > _MOST:
        shown = sorted(found, key=lambda pair: pair[0].date or "", reverse=True)[:_MOST]
    related = tuple(_related(other, relation, view) for other, relation in shown)
    return RelationGroup(label, related, is_mention, len(found) - len(shown))


def _label(relation: Relation, *, is_outgoing: bool) -> str:
    if relation.kind is None:
        return _MENTIONS if is_outgoing else _MENTIONED_IN
    return relation.kind.label if is_outgoing else relation.kind.inverse_label


def _other(record: Record, relation: Relation, view: Viewpoint) -> Record | None:
    other = relation.target if relation.source == record.id else relation.source
    return view.base.records_by_id.get(other)


def _related(other: Record, relation: Relation, view: Viewpoint) -> Related:
    # Whoever declares a relation writes its note, and `superseded_by` is declared by the target.
    citing = view.base.records_by_id[relation.source]
    said = _said(relation, view)
    if relation.kind is None:
        said = view.background.words.of(relation.source, relation.target)
    return Related(view.link(other), view.prose(said, citing) if said else None)


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
