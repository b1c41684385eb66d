"""Where each record stands in a picture of the graph, in whole pixels and the same on every run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from govkb.graph.relations import RecordGraph
from govkb.graph.spacing import HEIGHT, WIDTH, Place, apart

if TYPE_CHECKING:
    from networkx import Graph

Point = tuple[int, int]
Key = TypeVar("Key")

# The left and upper ends of a block, its width and its height.
_Box = tuple[float, float, float, float]

# The ids of a connected group, sorted, and its edges as pairs of places in that list.
_Group = tuple[list[str], list[tuple[int, int]]]

_SEED = 20260421
# networkx takes a second for 300, and from 500 on it needs scipy, which nothing else here does.
_MOST_FOR_NETWORKX = 250
# Of more records no still picture can be read, so their labels need no room.
MOST_WITH_LABELS = 300
# How much wider than high a picture is, as the page has room for it.
_WIDE = 2.4
_LEAST_COLUMNS = 5
# So many widths of a row are tried.
_WIDTHS = 12
# Half the width and height of the two rings around one record; more than a few need the outer one.
_INNER, _OUTER = (170.0, 105.0), (330.0, 200.0)
_FEW = 7


class Surroundings(Struct, frozen=True):
    """Places for a record and those near it; `left_out` are as near but have no place.

    Those of them that are two steps away are only counted where every neighbour has a place.
    `inner` are the record and its neighbours.
    """

    places: dict[str, Point]
    inner: frozenset[str]
    left_out: int


def layout(graph: RecordGraph, ids: Iterable[str]) -> dict[str, Point]:
    """Places for a whole graph: what hangs together stands together, the largest group first.

    Up to `MOST_WITH_LABELS` records no label stands over another.
    """
    wanted = sorted(ids)
    groups, alone = _groups(graph, wanted)
    blocks = [_springs(*group) for group in groups]
    if len(wanted) <= MOST_WITH_LABELS:
        blocks = [apart(block) for block in blocks]
    if alone:
        blocks.append({k: (float(x), float(y)) for k, (x, y) in _grid(alone).items()})
    return _packed(blocks)


def around(graph: RecordGraph, record_id: str, limit: int = 14) -> Surroundings:
    """Places for one record in the middle, its neighbours around it and theirs further out.

    At most `limit` records in all, nearer ones first, so that the picture can be read at the width
    of a page.
    """
    neighbours = _neighbours(graph, [record_id], {record_id})
    first = neighbours[: limit - 1]
    seen = {record_id, *first}
    # The neighbours of thousands of neighbours would be half the graph, for every record.
    further = _neighbours(graph, first, seen) if first == neighbours else []
    second = further[: limit - len(seen)]
    places = zip((record_id, *first, *second), _rings(len(first), len(second)), strict=True)
    left_out = len(neighbours) + len(further) - len(first) - len(second)
    return Surroundings(dict(places), frozenset((record_id, *first)), left_out)


@cache
def _rings(inner: int, outer: int) -> tuple[Point, ...]:
    """A place in the middle, so many around it and so many further out."""
    near = _INNER if inner <= _FEW else _OUTER
    ring = _ring(range(1, inner + 1), *near)
    further = _ring(range(inner + 1, inner + outer + 1), *_OUTER, half_step=True)
    return tuple(_rounded(apart({0: (0.0, 0.0), **ring, **further})).values())


def _groups(graph: RecordGraph, ids: Sequence[str]) -> tuple[list[_Group], list[str]]:
    """The connected groups, the largest first, and the records without relations."""
    beside: dict[str, set[str]] = {record_id: set() for record_id in ids}
    for relation in graph.relations:
        if relation.source in beside and relation.target in beside:
            beside[relation.source].add(relation.target)
            beside[relation.target].add(relation.source)
    groups, seen = [], set[str]()
    for record_id in ids:
        if record_id not in seen:
            members = _reached(record_id, beside)
            seen |= members
            groups.append(sorted(members))
    groups.sort(key=lambda group: (-len(group), group[0]))
    alone = sorted(group[0] for group in groups if len(group) == 1)
    return [(group, _pairs(group, beside)) for group in groups if len(group) > 1], alone


def _reached(record_id: str, beside: Mapping[str, set[str]]) -> set[str]:
    reached, waiting = {record_id}, [record_id]
    while waiting:
        new = beside[waiting.pop()] - reached
        reached |= new
        waiting.extend(new)
    return reached


def _pairs(group: Sequence[str], beside: Mapping[str, set[str]]) -> list[tuple[int, int]]:
    number = {record_id: n for n, record_id in enumerate(group)}
    pairs = ((n, number[other]) for n, one in enumerate(group) for other in beside[one])
    return sorted((one, other) for one, other in pairs if one < other)


def _springs(group: Sequence[str], pairs: Sequence[tuple[int, int]]) -> dict[str, Place]:
    size = len(group)
    found = _laid_out(size, pairs)
    furthest = max(max(abs(x), abs(y)) for x, y in found) or 1.0
    scale = 96 * math.sqrt(size) / furthest
    # Labels are wider than high, and so are screens.
    return {
        record_id: (x * scale * 1.15, y * scale)
        for record_id, (x, y) in zip(group, found, strict=True)
    }


def _laid_out(size: int, pairs: Sequence[tuple[int, int]]) -> Sequence[Place]:
    if size > _MOST_FOR_NETWORKX:
        from govkb.graph.multilevel import simulate

        return simulate(size, pairs, _SEED)
    import networkx

    network: Graph[int] = networkx.Graph()
    network.add_nodes_from(range(size))
    network.add_edges_from(pairs)
    found: Mapping[int, Any] = networkx.spring_layout(
        network, k=2.6 / math.sqrt(size), iterations=400, seed=_SEED, method="force"
    )
    return [(float(found[n][0]), float(found[n][1])) for n in range(size)]


def _neighbours(graph: RecordGraph, ids: Iterable[str], seen: set[str]) -> list[str]:
    found: set[str] = set()
    for record_id in ids:
        found |= {relation.target for relation in graph.outgoing.get(record_id, ())}
        found |= {relation.source for relation in graph.incoming.get(record_id, ())}
    return sorted(found - seen)


def _ring(
    names: Sequence[int], across: float, down: float, *, half_step: bool = False
) -> dict[int, Place]:
    turn = 2 * math.pi / max(len(names), 1)
    first = turn / 2 if half_step else 0.0
    return {
        name: (
            across * math.sin(first + number * turn),
            -down * math.cos(first + number * turn),
        )
        for number, name in enumerate(names)
    }


def _grid(ids: Sequence[str]) -> dict[str, Point]:
    columns = max(1, min(len(ids), max(_LEAST_COLUMNS, math.isqrt(len(ids)))))
    return {
        record_id: (number % columns * WIDTH, number // columns * HEIGHT)
        for number, record_id in enumerate(ids)
    }


def _packed(blocks: Sequence[Mapping[str, Place]]) -> dict[str, Point]:
    """All blocks side by side, none over another, so that they are drawn as large as may be."""
    boxes = [_box(block) for block in blocks]
    widest, whole = max(box[2] for box in boxes), sum(box[2] for box in boxes)
    widths = (widest * (whole / widest) ** (step / _WIDTHS) for step in range(_WIDTHS + 1))
    corners = min((_corners(boxes, width) for width in widths), key=lambda c: _size(boxes, c))
    return _rounded(
        {
            key: (x - west + left, y - north + top)
            for block, (west, north, *_), (left, top) in zip(blocks, boxes, corners, strict=True)
            for key, (x, y) in block.items()
        }
    )


def _box(block: Mapping[str, Place]) -> _Box:
    """The left and upper ends of a block, and its width and height with room around it."""
    xs, ys = zip(*block.values(), strict=True)
    west, north = min(xs), min(ys)
    return west, north, max(xs) - west + 1.5 * WIDTH, max(ys) - north + 1.5 * HEIGHT


def _corners(boxes: Iterable[_Box], row_width: float) -> list[Place]:
    """Where each box stands: in rows as high as their first, the lower ones one upon another."""
    corners = []
    left = top = right = bottom = below = 0.0
    for *_, width, height in boxes:
        if below + height > bottom or left + width > row_width:  # the column is full
            left, below = right, top
        if left and (left + width > row_width or below + height > bottom):  # and so is the row
            left, top, right = 0.0, bottom, 0.0
            below = top
        corners.append((left, below))
        right, below = max(right, left + width), below + height
        bottom = max(bottom, below)
    return corners


def _size(boxes: Iterable[_Box], corners: Iterable[Place]) -> float:
    """The height of the smallest page that holds all boxes and is `_WIDE` times as wide."""
    ends = [(x + box[2], y + box[3]) for box, (x, y) in zip(boxes, corners, strict=True)]
    return max(max(x for x, _ in ends) / _WIDE, max(y for _, y in ends))


def _rounded(places: Mapping[Key, Place]) -> dict[Key, Point]:
    return {key: (round(x), round(y)) for key, (x, y) in places.items()}
