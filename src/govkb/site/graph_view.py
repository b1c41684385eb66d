"""The graph as pages show it: drawn whole, drawn around one record, and as a list."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping

from markupsafe import Markup
from msgspec import Struct

from govkb.graph.layout import Point, around
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RecordType
from govkb.site.drawing import Edge, Node, draw, draw_shape
from govkb.site.graph_data import relation_label
from govkb.site.index_views import types_in_use
from govkb.site.viewpoint import RecordLink, Viewpoint

_SHORT = 18


class LegendEntry(Struct, frozen=True):
    """A type with its shape in the picture."""

    picture: Markup
    label: str
    href: str
    count: int


class EdgeLine(Struct, frozen=True):
    """A relation in words."""

    source: RecordLink
    label: str
    target: RecordLink


class Neighbourhood(Struct, frozen=True):
    """A record among those near it; `left_out` are as near and not drawn."""

    picture: Markup
    shown: int
    left_out: int


class GraphPictures:
    """Draws one knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.types = [record_type.name for record_type in types_in_use(base)]

    def whole(self, positions: Mapping[str, Point], view: Viewpoint) -> Markup | None:
        """Every record and every relation; None where there is no record."""
        if not positions:
            return None
        caption = "All records and their relations"
        return self._draw(positions, self._edges(positions, positions), view, caption, None)

    def around(self, record: Record, view: Viewpoint) -> Neighbourhood | None:
        """A record with those that are two relations away at most; None where it is alone."""
        found = around(self.base.graph, record.id)
        positions = found.places
        if len(positions) < 2:
            return None
        caption = f"{record.id} and the records around it"
        # What joins two of the outermost is a matter of neither the record nor its neighbours.
        edges = self._edges(positions, found.inner)
        picture = self._draw(positions, edges, view, caption, record.id)
        return Neighbourhood(picture, len(positions), found.left_out)

    def legend(self, view: Viewpoint) -> tuple[LegendEntry, ...]:
        """The shapes and what they stand for."""
        return tuple(self._legend_entry(t, view) for t in types_in_use(self.base))

    def lines(self, view: Viewpoint) -> tuple[EdgeLine, ...]:
        """Every relation in words, by the record that it begins at."""
        records = self.base.records_by_id
        relations = sorted(
            self.base.graph.relations, key=lambda r: (r.source, r.target, relation_label(r.kind))
        )
        return tuple(
            EdgeLine(
                view.link(records[r.source]),
                relation_label(r.kind).lower(),
                view.link(records[r.target]),
            )
            for r in relations
            if r.source in records and r.target in records
        )

    def _legend_entry(self, record_type: RecordType, view: Viewpoint) -> LegendEntry:
        picture = Markup(draw_shape(record_type.name, self.types))
        count = len(self.base.of_type(record_type.name))
        return LegendEntry(picture, record_type.plural, view.type_page(record_type), count)

    def _edges(self, shown: Collection[str], ends: Container[str]) -> Iterator[Edge]:
        """The relations between records that are shown, at least one of them among the `ends`."""
        for record_id in shown:
            for r in self.base.graph.outgoing.get(record_id, ()):
                if r.target in shown and (r.target in ends or r.source in ends):
                    yield Edge(r.source, r.target, relation_label(r.kind), r.kind is None)

    def _draw(
        self,
        positions: Mapping[str, Point],
        edges: Iterable[Edge],
        view: Viewpoint,
        caption: str,
        centre: str | None,
    ) -> Markup:
        nodes = [self._node(record_id, view, centre) for record_id in sorted(positions)]
        return Markup(draw(nodes, edges, positions, self.types, caption))

    def _node(self, record_id: str, view: Viewpoint, centre: str | None) -> Node:
        record = self.base.records_by_id[record_id]
        return Node(
            id=record_id,
            label=_shortened(record_id),
            title=record.title,
            href=view.linker.to(record),
            type_name=record.type.name if record.type else "",
            is_centre=record_id == centre,
        )


def _shortened(record_id: str) -> str:
    return record_id if len(record_id) <= _SHORT else f"{record_id[: _SHORT - 1]}…"
