"""Pictures of the graph as SVG: shapes that are links, in the page's own colours."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from typing import NamedTuple

Point = tuple[int, int]

_RADIUS = 10
_MARGIN_X, _MARGIN_TOP, _MARGIN_BOTTOM = 70, 24, 38
# Corners of each shape, none for a circle, and by how many degrees it is turned.
_SHAPES = ((0, 0), (4, 45), (3, 0), (4, 0), (6, 0), (5, 0), (3, 180), (8, 22.5))
_COLOURS = 8


class Node(NamedTuple):
    """A record in a picture. All texts are plain; `href` is None where there is no page."""

    id: str
    label: str
    title: str
    href: str | None
    type_name: str
    is_centre: bool = False


class Edge(NamedTuple):
    """A relation in a picture, by the ids of its ends."""

    source: str
    target: str
    label: str
    is_mention: bool


def draw(
    nodes: Sequence[Node],
    edges: Iterable[Edge],
    positions: Mapping[str, Point],
    types: Sequence[str],
    caption: str,
) -> str:
    """The picture. The order of `types`, the names of all types, decides shapes and colours."""
    xs = [positions[node.id][0] for node in nodes]
    ys = [positions[node.id][1] for node in nodes]
    left, top = min(xs) - _MARGIN_X, min(ys) - _MARGIN_TOP
    width, height = max(xs) + _MARGIN_X - left, max(ys) + _MARGIN_BOTTOM - top
    lines = "".join(_lines(edges, positions))
    shapes = "".join(_node(node, positions[node.id], types) for node in nodes)
    return (
        f'<svg class="govkb-graph" viewBox="{left} {top} {width} {height}" width="{width}"'
        f' height="{height}" role="group" aria-label="{escape(caption)}">'
        f"<g>{lines}</g>{shapes}</svg>"
    )


def colour_of(type_name: str, types: Sequence[str]) -> int:
    """The number of a type's colour in the style sheet."""
    place = _place(type_name, types)
    # Where the shapes begin again, each has another colour.
    return (place + place // len(_SHAPES)) % _COLOURS


def corners_of(type_name: str, types: Sequence[str]) -> tuple[int, float]:
    """How many corners a type's shape has, none for a circle, and by how many degrees it turns."""
    return _SHAPES[_place(type_name, types) % len(_SHAPES)]


def draw_shape(type_name: str, types: Sequence[str]) -> str:
    """The shape of a type alone, for a legend."""
    return (
        '<svg class="govkb-graph" viewBox="-12 -12 24 24" width="18" height="18"'
        ' aria-hidden="true">'
        f'<g class="govkb-node govkb-type-{colour_of(type_name, types)}">'
        f"{_shape(type_name, types)}</g></svg>"
    )


def _node(node: Node, at: Point, types: Sequence[str]) -> str:
    colour = f"govkb-type-{colour_of(node.type_name, types)}"
    centre = " govkb-centre" if node.is_centre else ""
    # Without the box, a click between the shape and its label would lead nowhere.
    inner = (
        f"<title>{escape(f'{node.id}: {node.title}')}</title>"
        f'<rect class="govkb-box" x="-60" y="-13" width="120" height="46"/>'
        f"{_shape(node.type_name, types)}"
        f'<text y="27">{escape(node.label)}</text>'
    )
    group = (
        f'<g class="govkb-node {colour}{centre}" transform="translate({at[0]} {at[1]})">{inner}</g>'
    )
    if node.href is None or node.is_centre:
        return group
    return f'<a href="{escape(node.href)}">{group}</a>'


def _lines(edges: Iterable[Edge], positions: Mapping[str, Point]) -> Iterator[str]:
    for edge in sorted(edges, key=lambda e: (e.source, e.target, e.label)):
        start, end = positions[edge.source], positions[edge.target]
        length = math.dist(start, end)
        if not length:
            continue
        kind = "govkb-mentioned" if edge.is_mention else "govkb-declared"
        ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        x1, y1 = start[0] + ux * (_RADIUS + 2), start[1] + uy * (_RADIUS + 2)
        x2, y2 = end[0] - ux * (_RADIUS + 4), end[1] - uy * (_RADIUS + 4)
        head = _arrow_head(x2, y2, ux, uy)
        yield (
            f'<g class="govkb-edge {kind}">'
            f"<title>{escape(f'{edge.source} {edge.label.lower()} {edge.target}')}</title>"
            f'<path d="M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}"/>{head}</g>'
        )


def _arrow_head(x: float, y: float, ux: float, uy: float) -> str:
    """A small arrow with its tip at a point, drawn out so that no page-wide marker id is needed."""
    back, side = 6, 2.6
    ax, ay = x - ux * back - uy * side, y - uy * back + ux * side
    bx, by = x - ux * back + uy * side, y - uy * back - ux * side
    return f'<path class="govkb-head" d="M{x:.1f} {y:.1f}L{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}Z"/>'


def _shape(type_name: str, types: Sequence[str]) -> str:
    return _outline(*corners_of(type_name, types))


@cache
def _outline(corners: int, turned: float) -> str:
    if not corners:
        return f'<circle r="{_RADIUS}"/>'
    points = (
        (
            (_RADIUS + 1) * math.sin(math.radians(turned + 360 * n / corners)),
            -(_RADIUS + 1) * math.cos(math.radians(turned + 360 * n / corners)),
        )
        for n in range(corners)
    )
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'


def _place(type_name: str, types: Sequence[str]) -> int:
    return types.index(type_name) if type_name in types else len(types)
