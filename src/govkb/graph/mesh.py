"""How nodes push each other away, in time that grows with their number and not with its square."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_CELLS = 128


def repulsion(at: Floats, weights: Floats) -> Floats:
    """The push on each node: from each other one its weight over the distance, away from it.

    Weights are spread over the corners of a grid's cells, and one convolution gives the push in
    every corner (a particle mesh, as in astronomy). Nodes in the same cell hardly push each other.
    """
    low = at.min(axis=1, keepdims=True)
    cell = max(float((at.max(axis=1, keepdims=True) - low).max()), 1e-6) / (_CELLS - 2)
    scaled = (at - low) / cell
    corner = scaled.astype(np.intp)
    part = scaled - corner
    places, shares = _corners(corner, part)
    spread = np.bincount(places.ravel(), (shares * weights).ravel(), _CELLS * _CELLS)
    seen = np.fft.rfft2(spread.reshape(_CELLS, _CELLS), s=(2 * _CELLS, 2 * _CELLS))
    pushes = []
    for kernel in _kernels():
        field = np.fft.irfft2(seen * kernel)[:_CELLS, :_CELLS].ravel()
        pushes.append((field[places] * shares).sum(axis=0) / cell)
    return np.stack(pushes)


def _corners(corner: NDArray[np.intp], part: Floats) -> tuple[NDArray[np.intp], Floats]:
    """The four corners of the cell of each node, and how much of the node each one gets."""
    (x, y), (px, py) = corner, part
    places = np.stack([(x + i) * _CELLS + y + j for i in (0, 1) for j in (0, 1)])
    shares = np.stack([qx * qy for qx in (1 - px, px) for qy in (1 - py, py)])
    return places, shares


@cache
def _kernels() -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """The push along either axis of a weight of 1 in the first corner, ready for convolution."""
    steps = np.fft.fftfreq(2 * _CELLS, 1 / (2 * _CELLS))
    x, y = np.meshgrid(steps, steps, indexing="ij")
    square = x * x + y * y
    square[0, 0] = 1
    return np.fft.rfft2(x / square), np.fft.rfft2(y / square)
