"""Relations that were gained and lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from govkb.graph import Relation
from govkb.knowledge_base import KnowledgeBase
from govkb.review.views import RelationNews, named

# Both ends and the name of the relation, which mentions don't have.
_Key = tuple[str, str, str]
_MENTION = ""


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
    old = {key for key, _ in _keyed(then, called)}
    new = {key for key, _ in _keyed(now, {})}
    gained, lost = new - old, old - new
    return RelationChanges(
        _news(now, {}, gained), _news(then, called, lost), _mentions(gained), _mentions(lost)
    )


def _keyed(base: KnowledgeBase, called: Mapping[str, str]) -> Iterator[tuple[_Key, Relation]]:
    """Every edge, by what it is called now."""
    for edge in base.graph.relations:
        one, other, kind = edge.source, edge.target, edge.kind
        if called:
            one, other = called.get(one, one), called.get(other, other)
        if other < one and kind is not None and kind.is_symmetric:
            one, other = other, one
        yield (one, other, kind.name if kind is not None else _MENTION), edge


def _mentions(keys: Set[_Key]) -> int:
    return sum(name == _MENTION for *_, name in keys)


def _news(
    base: KnowledgeBase, called: Mapping[str, str], wanted: Set[_Key]
) -> tuple[RelationNews, ...]:
    if not wanted:
        return ()
    found = {key: edge for key, edge in _keyed(base, called) if key in wanted}
    news = []
    for _, edge in sorted(found.items(), key=lambda pair: pair[0]):
        if edge.kind is not None:
            source, target = base.records_by_id[edge.source], base.records_by_id[edge.target]
            news.append(RelationNews(edge.kind.name, edge.kind.label, named(source), named(target)))
    return tuple(news)
