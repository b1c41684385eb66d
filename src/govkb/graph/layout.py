"""Where each record stands in a picture of the graph, in whole pixels and the same on every run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from govkb.graph.relations import RecordGraph
from govkb.graph.spacing import HEIGHT, WIDTH, Place, apart

if TYPE_CHECKING:
    from networkx import Graph

Point = tuple[int, int]

_SEED = 20260421
_MOST_FOR_SPRINGS = 1500
# networkx takes a second for 300, and from 500 on it needs scipy, which nothing else here does.
_MOST_FOR_NETWORKX = 250
_ROW_WIDTH = 1500
# Half the width and height of the two rings around one record; more than a few need the outer one.
_INNER, _OUTER = (170.0, 105.0), (330.0, 200.0)
_FEW = 7


def layout(graph: RecordGraph, ids: Iterable[str]) -> dict[str, Point]:
    """Places for a whole graph: what hangs together stands together, the largest group first.

    Groups are laid out with springs. Above 1,500 records nobody could read such a picture, and
    they stand in a plain grid instead, in the order given.
    """
    wanted = list(ids)
    if len(wanted) > _MOST_FOR_SPRINGS:
        return _grid(wanted)
    groups, alone = _groups(graph, wanted)
    blocks = [apart(dict(sorted(places.items()))) for places in groups]
    if alone:
        blocks.append({k: (float(x), float(y)) for k, (x, y) in _grid(alone).items()})
    return _packed(blocks)


def around(graph: RecordGraph, record_id: str, limit: int = 14) -> dict[str, Point]:
    """Places for one record in the middle, its neighbours around it and theirs further out.

    At most `limit` records in all, nearer ones first, so that the picture can be read at the width
    of a page.
    """
    first = _neighbours(graph, [record_id], {record_id})[: limit - 1]
    seen = {record_id, *first}
    second = _neighbours(graph, first, seen)[: limit - len(seen)]
    inner = _INNER if len(first) <= _FEW else _OUTER
    places = {
        record_id: (0.0, 0.0),
        **_ring(first, *inner),
        **_ring(second, *_OUTER, half_step=True),
    }
    return _rounded(apart(places))


def _groups(graph: RecordGraph, ids: Sequence[str]) -> tuple[list[dict[str, Place]], list[str]]:
    """The places in each connected group, the largest first, and the records without relations."""
    import networkx

    network: Graph[str] = networkx.Graph()
    network.add_nodes_from(sorted(ids))
    known = set(ids)
    pairs = {(min(r.source, r.target), max(r.source, r.target)) for r in graph.relations}
    network.add_edges_from(sorted(pair for pair in pairs if known.issuperset(pair)))
    groups = sorted(networkx.connected_components(network), key=lambda g: (-len(g), min(g)))
    alone = sorted(record_id for group in groups if len(group) == 1 for record_id in group)
    return [_springs(network.subgraph(sorted(g))) for g in groups if len(g) > 1], alone


def _springs(network: Graph[str]) -> dict[str, Place]:
    import networkx

    size = networkx.number_of_nodes(network)
    scale, distance = 96 * math.sqrt(size), 2.6 / math.sqrt(size)
    if size <= _MOST_FOR_NETWORKX:
        found: Mapping[str, Any] = networkx.spring_layout(
            network, k=distance, iterations=400, seed=_SEED, method="force"
        )
    else:
        found = _simulated(network, distance)
    # Labels are wider than high, and so are screens.
    return {key: (float(x) * scale * 1.15, float(y) * scale) for key, (x, y) in found.items()}


def _simulated(network: Graph[str], distance: float) -> dict[str, Place]:
    from govkb.graph.springs import simulate

    ids = sorted(network)
    number = {record_id: n for n, record_id in enumerate(ids)}
    edges = sorted((number[one], number[other]) for one, other in network.edges)
    return dict(zip(ids, simulate(len(ids), edges, distance, _SEED), strict=True))


def _neighbours(graph: RecordGraph, ids: Iterable[str], seen: set[str]) -> list[str]:
    found: set[str] = set()
    for record_id in ids:
        found |= {relation.target for relation in graph.outgoing.get(record_id, ())}
        found |= {relation.source for relation in graph.incoming.get(record_id, ())}
    return sorted(found - seen)


def _ring(
    ids: Sequence[str], across: float, down: float, *, half_step: bool = False
) -> dict[str, Place]:
    turn = 2 * math.pi / max(len(ids), 1)
    first = turn / 2 if half_step else 0.0
    return {
        record_id: (
            across * math.sin(first + number * turn),
            -down * math.cos(first + number * turn),
        )
        for number, record_id in enumerate(ids)
    }


def _grid(ids: Sequence[str]) -> dict[str, Point]:
    columns = max(1, min(len(ids), max(_ROW_WIDTH // WIDTH, math.isqrt(len(ids)))))
    return {
        record_id: (number % columns * WIDTH, number // columns * HEIGHT)
        for number, record_id in enumerate(ids)
    }


def _packed(blocks: Iterable[Mapping[str, Place]]) -> dict[str, Point]:
    """All blocks side by side in rows, none over another."""
    packed: dict[str, Place] = {}
    left = top = lowest = 0.0
    for block in blocks:
        xs, ys = zip(*block.values(), strict=True)
        width, height = max(xs) - min(xs) + 1.5 * WIDTH, max(ys) - min(ys) + 1.5 * HEIGHT
        if left and left + width > _ROW_WIDTH:
            left, top = 0.0, lowest
        for key, (x, y) in block.items():
            packed[key] = (x - min(xs) + left, y - min(ys) + top)
        left += width
        lowest = max(lowest, top + height)
    return _rounded(packed)


def _rounded(places: Mapping[str, Place]) -> dict[str, Point]:
    return {key: (round(x), round(y)) for key, (x, y) in places.items()}
