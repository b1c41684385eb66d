"""Places for a large connected graph: records repel each other, relations pull."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float32]
# A quarter of what small graphs get: by then the shape stands, and the time grows with the square.
_STEPS = 100
_CLOSEST = 0.01


def simulate(
    size: int, edges: Sequence[tuple[int, int]], distance: float, seed: int
) -> list[tuple[float, float]]:
    """The place of each node, about -1 to 1 across. `edges` are pairs of numbers of nodes.

    The method is Fruchterman and Reingold's, as in networkx, which needs scipy from 500 nodes on.
    """
    at = np.random.RandomState(seed).rand(2, size).astype(np.float32)
    ends = np.array(edges, dtype=np.intp).reshape(-1, 2).T
    for step in range(_STEPS):
        reach = 0.1 * (1 - step / _STEPS)
        force = _repulsion(at, distance) + _pull(at, ends, distance)
        length = np.maximum(np.hypot(force[0], force[1]), _CLOSEST)
        at += (force * (reach / length)).astype(np.float32)
    at -= at.mean(axis=1, keepdims=True)
    at /= max(float(np.abs(at).max()), _CLOSEST)
    return [(float(x), float(y)) for x, y in at.T]


def _repulsion(at: _Floats, distance: float) -> _Floats:
    x, y = at
    dx, dy = x[:, None] - x, y[:, None] - y
    strength = np.float32(distance**2) / np.maximum(dx * dx + dy * dy, np.float32(_CLOSEST**2))
    return np.stack([(dx * strength).sum(axis=1), (dy * strength).sum(axis=1)])


def _pull(at: _Floats, ends: NDArray[np.intp], distance: float) -> _Floats:
    one, other = ends
    apart = at[:, one] - at[:, other]
    strength = apart * (np.hypot(apart[0], apart[1]) / distance)
    force = np.zeros_like(at)
    for axis in (0, 1):
        np.subtract.at(force[axis], one, strength[axis])
        np.add.at(force[axis], other, strength[axis])
    return force
