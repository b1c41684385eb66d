"""What the page of the graph shows, and the files that its script reads."""

from __future__ import annotations

import posixpath

from markupsafe import Markup
from msgspec import Struct

from govkb.graph.layout import MOST_WITH_LABELS
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.days import day_filed
from govkb.site.drawing import draw_shape
from govkb.site.graph_data import WITHOUT_TYPE, choices, graph_data
from govkb.site.graph_summary import RelationCount, draw_types, relation_counts
from govkb.site.graph_view import EdgeLine, GraphPictures, LegendEntry
from govkb.site.viewpoint import Viewpoint
from govkb.template_files import browser_file

SCRIPT = "assets/govkb-graph.js"
DATA = "assets/graph-drawing.json"
_MOST_LINES = 600


class TypeChoice(Struct, frozen=True):
    """A type that can be shown or hidden, with its shape."""

    number: int
    picture: Markup
    label: str
    count: int


class GraphPage(Struct, frozen=True):
    """The graph drawn, in words, and what its script needs to know.

    `script` and `data` are addresses; `script` is None where govkb was installed without it. Of a
    large graph `picture` has only the types, and `lines` are left out in favour of `counts`.
    """

    records: int
    relations: int
    picture: Markup | None
    is_whole: bool
    legend: tuple[LegendEntry, ...]
    lines: tuple[EdgeLine, ...]
    counts: tuple[RelationCount, ...]
    types: tuple[TypeChoice, ...]
    statuses: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    undated: int
    script: str | None
    data: str


def graph_script() -> bytes | None:
    """The script that draws the graph; None where govkb was installed without it."""
    return browser_file("govkb-graph.js")


def graph_page(
    base: KnowledgeBase, pictures: GraphPictures, view: Viewpoint, script: bytes | None
) -> tuple[GraphPage, dict[str, bytes]]:
    """The page, and the files that are to be published with it, by their place."""
    ids = sorted(base.records_by_id)
    positions = view.background.places
    is_whole = len(ids) <= MOST_WITH_LABELS
    types = pictures.types
    chosen = choices(base, types)
    counts = relation_counts(base)
    total = sum(found.count for found in counts)
    picture = pictures.whole(positions, view) if is_whole else draw_types(base, types, view)
    files = {DATA: graph_data(base, positions, types, view)} if script else {}
    page = GraphPage(
        records=len(ids),
        relations=total,
        picture=picture,
        is_whole=is_whole,
        legend=pictures.legend(view),
        lines=pictures.lines(view) if total <= _MOST_LINES else (),
        counts=counts,
        types=tuple(
            TypeChoice(n, _shape(name, pictures), _label(name, base), count)
            for n, (name, count) in enumerate(chosen.types)
        ),
        statuses=chosen.statuses,
        kinds=chosen.relations,
        undated=sum(not day_filed(r) for r in base.records_by_id.values()),
        script=_from_here(SCRIPT, view) if script else None,
        data=_from_here(DATA, view),
    )
    return page, files | ({SCRIPT: script} if script else {})


def _from_here(place: str, view: Viewpoint) -> str:
    """The address of a file of the site as seen from a page."""
    addresses = view.linker.addresses
    here = addresses.of(view.linker.here)
    folder = here if addresses.directories else posixpath.dirname(here)
    return posixpath.relpath(place, folder or ".")


def _shape(name: str, pictures: GraphPictures) -> Markup:
    return Markup(draw_shape(name, pictures.types))


def _label(name: str, base: KnowledgeBase) -> str:
    record_type = base.catalogue.types.get(name)
    return record_type.plural if record_type else WITHOUT_TYPE
