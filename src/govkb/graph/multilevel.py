"""Places for large graphs: the coarse shape first, then what is in it, in time linear in size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from govkb.graph.mesh import Floats, repulsion

_Numbers = NDArray[np.intp]

_COARSEST = 60
_LEVELS = 40
# A level that is hardly smaller than the one before isn't worth its steps.
_WORTHWHILE = 0.9
_STEPS_COARSE, _STEPS_FINE = 120, 50
# A node has its own cell where there are 64 for each node, were all of them alike.
_CROWDED = 8
_GOLDEN = 2.39996


class _Level(Struct, frozen=True):
    """A graph of which every node stands for `weights` records; `ends` are its edges."""

    weights: Floats
    ends: _Numbers
    pulls: Floats


def simulate(size: int, edges: Sequence[tuple[int, int]], seed: int) -> list[tuple[float, float]]:
    """The place of each node, related ones about 1 apart. `edges` are pairs of numbers of nodes.

    Nodes are merged with their neighbours, level by level, until few are left; those are laid out
    by forces, and each level begins where the coarser one ended (Walshaw 2003; Hachul and Jünger
    2005). The same input gives the same places.
    """
    chance = np.random.RandomState(seed)
    ends = np.array(edges, dtype=np.intp).reshape(-1, 2).T
    level = _Level(np.ones(size), ends, np.ones(ends.shape[1]))
    levels, parents = [level], []
    while len(level.weights) > _COARSEST and len(levels) < _LEVELS:
        parent = _clusters(level, chance)
        if parent.max() + 1 > _WORTHWHILE * len(level.weights):
            break
        level = _merged(level, parent)
        levels.append(level)
        parents.append(parent)
    at = chance.rand(2, len(level.weights)) * np.sqrt(size)
    at = _settled(level, at, _STEPS_COARSE, reach=np.sqrt(size) / 4)
    for level, parent in zip(levels[-2::-1], parents[::-1], strict=True):
        at = at[:, parent] + chance.rand(2, len(parent)) - 0.5
        at = _settled(level, at, _STEPS_FINE, reach=2 * np.sqrt(size / len(parent)))
    at = _apart(at)
    at -= at.mean(axis=1, keepdims=True)
    return [(float(x), float(y)) for x, y in at.T]


def _clusters(level: _Level, chance: np.random.RandomState) -> _Numbers:
    """The number of the cluster of each node: some nodes, no two related, and those around them.

    Nodes that stand for few records become centres first, so that clusters stay alike in size.
    """
    size = len(level.weights)
    one, other = np.concatenate([level.ends, level.ends[::-1]], axis=1)
    order = np.lexsort((chance.permutation(size), level.weights))
    rank = np.empty(size, dtype=np.intp)
    rank[order] = np.arange(size)
    centre = np.full(size, -1, dtype=np.intp)
    while (free := centre < 0).any():
        among = free[one] & free[other]
        one, other = one[among], other[among]
        first = np.full(size, size, dtype=np.intp)
        np.minimum.at(first, one, rank[other])
        chosen = free & (rank < first)
        centre[chosen] = np.flatnonzero(chosen)
        joins = chosen[other]
        best = np.full(size, size, dtype=np.intp)
        np.minimum.at(best, one[joins], rank[other[joins]])
        joined = best < size
        centre[joined] = order[best[joined]]
    return np.unique(centre, return_inverse=True)[1].astype(np.intp)


def _merged(level: _Level, parent: _Numbers) -> _Level:
    size = int(parent.max()) + 1
    weights = np.bincount(parent, level.weights, size)
    ends = np.sort(parent[level.ends], axis=0)
    apart = ends[0] != ends[1]
    keys, which = np.unique(ends[0][apart] * size + ends[1][apart], return_inverse=True)
    pulls = np.bincount(which, level.pulls[apart], len(keys))
    ends = np.stack([keys // size, keys % size])
    return _Level(weights.astype(np.float64), ends, pulls.astype(np.float64))


def _settled(level: _Level, at: Floats, steps: int, reach: float) -> Floats:
    """The places after so many steps, of which the first go as far as `reach`, later ones less."""
    # A node that stands for many records takes their room, and is hard to move.
    room = np.sqrt(level.weights)
    for step in range(steps):
        force = (repulsion(at, level.weights) * level.weights + _pull(level, at)) / level.weights
        length = np.maximum(np.hypot(force[0], force[1]), 1e-9)
        limit = reach * (1 - step / steps) ** 1.5 + 0.02
        at = at + force * (np.minimum(length, limit * room / room.mean()) / length)
    return at


def _pull(level: _Level, at: Floats) -> Floats:
    one, other = level.ends
    size = at.shape[1]
    between = at[:, one] - at[:, other]
    pull = between * (np.hypot(between[0], between[1]) * level.pulls)
    return np.stack(
        [np.bincount(other, axis, size) - np.bincount(one, axis, size) for axis in pull]
    )


def _apart(at: Floats) -> Floats:
    """The places, with those that are all but the same spread around, as seeds in a sunflower.

    Forces don't see what is in the same cell of the mesh: the leaves of one branch, for instance.
    """
    size = at.shape[1]
    room = float(np.ptp(at, axis=1).max()) / (_CROWDED * np.sqrt(size)) or 1.0
    cells = np.floor(at / room).astype(np.intp)
    order = np.lexsort((np.arange(size), cells[0], cells[1]))
    sorted_cells = cells[:, order]
    first = np.r_[True, (sorted_cells[:, 1:] != sorted_cells[:, :-1]).any(axis=0)]
    begins = np.maximum.accumulate(np.where(first, np.arange(size), 0))
    rank = np.empty(size)
    rank[order] = np.arange(size) - begins
    away = room * np.sqrt(rank)
    spread: Floats = at + away * np.stack([np.cos(rank * _GOLDEN), np.sin(rank * _GOLDEN)])
    return spread
