"""Makes room: no two nodes of a picture with their labels stand over one another."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

Place = tuple[float, float]
Key = TypeVar("Key")

# A node with its label needs about this much room.
WIDTH, HEIGHT = 132, 64
_PASSES = 600
_PATIENCE, _WIDER = 40, 1.06


def apart(places: Mapping[Key, Place]) -> dict[Key, Place]:
    """The places, with those that would overlap pushed apart along the shorter way.

    The order of the keys decides who moves first, so the same order gives the same places.
    """
    at = [list(place) for place in places.values()]
    for number in range(1, _PASSES + 1):
        pushes = [_push(at[i], at[j]) for i, j in _near(at)]
        if not any(pushes):
            break
        if number % _PATIENCE == 0:
            # A crowd has nowhere to go: what makes room in its middle pushes its edge together.
            at = [[x * _WIDER, y * _WIDER] for x, y in at]
    return {key: (x, y) for key, (x, y) in zip(places, at, strict=True)}


def _near(at: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """Every pair that could overlap: those in the same cell of a grid, or in cells that touch."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (x, y) in enumerate(at):
        column, row = math.floor(x / WIDTH), math.floor(y / HEIGHT)
        for across in (-1, 0, 1):
            for down in (-1, 0, 1):
                for other in cells.get((column + across, row + down), ()):
                    yield number, other
        cells[column, row].append(number)


def _push(one: list[float], other: list[float]) -> bool:
    dx, dy = one[0] - other[0], one[1] - other[1]
    over_x, over_y = WIDTH - abs(dx), HEIGHT - abs(dy)
    if over_x <= 0 or over_y <= 0:
        return False
    axis, way, size = (0, dx, over_x) if over_x / WIDTH < over_y / HEIGHT else (1, dy, over_y)
    step = (size / 2 + 0.5) * (1 if way >= 0 else -1)
    one[axis] += step
    other[axis] -= step
    return True
