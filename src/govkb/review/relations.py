"""Relations that were gained and lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from govkb.graph import Relation
from govkb.knowledge_base import KnowledgeBase
from govkb.review.views import RelationNews, named

_Key = tuple[str, str, str]


class RelationChanges(NamedTuple):
    """The declared relations of now alone and of then alone, and how many mentions of either."""

    gained: tuple[RelationNews, ...]
    lost: tuple[RelationNews, ...]
    mentions_gained: int
    mentions_lost: int


def relation_changes(
    then: KnowledgeBase, now: KnowledgeBase, called: Mapping[str, str]
) -> RelationChanges:
    """What of both there isn't in the other; `called` says which ids of then are others now."""
    old, new = _declared(then, called), _declared(now, {})
    mentioned, mentions = _mentions(then, called), _mentions(now, {})
    return RelationChanges(
        _news(now, new, old),
        _news(then, old, new),
        len(mentions - mentioned),
        len(mentioned - mentions),
    )


def _declared(base: KnowledgeBase, called: Mapping[str, str]) -> dict[_Key, Relation]:
    found: dict[_Key, Relation] = {}
    for edge in base.graph.relations:
        if edge.kind is not None:
            one, other = called.get(edge.source, edge.source), called.get(edge.target, edge.target)
            if edge.kind.is_symmetric and other < one:
                one, other = other, one
            found[one, other, edge.kind.name] = edge
    return found


def _mentions(base: KnowledgeBase, called: Mapping[str, str]) -> set[tuple[str, str]]:
    return {
        (called.get(edge.source, edge.source), called.get(edge.target, edge.target))
        for edge in base.graph.relations
        if edge.kind is None
    }


def _news(
    base: KnowledgeBase, found: Mapping[_Key, Relation], known: Mapping[_Key, Relation]
) -> tuple[RelationNews, ...]:
    news = []
    for key in sorted(found.keys() - known.keys()):
        edge = found[key]
        assert edge.kind is not None
        source, target = base.records_by_id[edge.source], base.records_by_id[edge.target]
        news.append(RelationNews(edge.kind.name, edge.kind.label, named(source), named(target)))
    return tuple(news)
