"""Where the records of a project stand in the picture of its graph."""

from __future__ import annotations

from collections.abc import Mapping

from govkb.graph.layout import Point, layout
from govkb.knowledge_base import KnowledgeBase
from govkb.workspace.cache import fingerprint_of
from govkb.workspace.kept_values import kept_value


def places_of(base: KnowledgeBase) -> Mapping[str, Point]:
    """The place of every record; finding them takes seconds, so they stay until a relation changes.

    An edit that changes none leaves the picture as it was.
    """
    ids = sorted(base.records_by_id)
    pairs = sorted({(relation.source, relation.target) for relation in base.graph.relations})
    key = fingerprint_of([repr(ids).encode(), repr(pairs).encode()])
    return kept_value(
        base.config.root, "places", key, dict[str, Point], lambda: layout(base.graph, ids)
    )
