"""How one list of entries became another: what stayed in its order, and what happened to the rest.

Entries are compared by keys. Whatever is appended after all that was there is no change.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

# Comparing every lost entry with every new one takes the product of their numbers.
_MOST_PAIRS = 2_500
_ALIKE = 0.5

Likeness = Callable[[int, int], float]


class ChangeKind(StrEnum):
    """How an append-only section was broken."""

    EDITED = "edited"
    DROPPED = "dropped"
    REORDERED = "reordered"
    INSERTED = "inserted"
    HIDDEN = "hidden"
    UNSEALED = "unsealed"
    UNMARKED = "unmarked"


def differences(
    old: Sequence[str], new: Sequence[str], likeness: Likeness | None = None
) -> Iterator[tuple[ChangeKind, int | None, int | None]]:
    """The changes that turn `old` into `new`, each with the indexes of the entry then and now.

    An entry that is gone counts as edited where a new one is alike, or without a `likeness` where
    one stands in its place.
    """
    length = len(old)
    if new[:length] == old:
        return
    kept, moved = _matches(old, new)
    for i, j in moved.items():
        yield ChangeKind.REORDERED, i, j
    taken = {*kept.values(), *moved.values()}
    gone = [i for i in range(length) if i not in kept and i not in moved]
    fresh = [j for j in range(len(new)) if j not in taken]
    edited = _pairs(kept, gone, fresh, likeness)
    for i in gone:
        if i in edited:
            yield ChangeKind.EDITED, i, edited[i]
        else:
            yield ChangeKind.DROPPED, i, None
    last = max((*taken, *edited.values()), default=-1)
    rewritten = set(edited.values())
    for j in fresh:
        if j < last and j not in rewritten:
            yield ChangeKind.INSERTED, None, j


def _matches(old: Sequence[str], new: Sequence[str]) -> tuple[dict[int, int], dict[int, int]]:
    """The entries that are in both, by index: as many as can be in order, and the others.

    Of equal entries the first in one is the first in the other.
    """
    places: dict[str, deque[int]] = defaultdict(deque)
    for j, key in enumerate(new):
        places[key].append(j)
    pairs = [(i, places[key].popleft()) for i, key in enumerate(old) if places[key]]
    in_order = _longest_increasing([j for _, j in pairs])
    kept = {pairs[n][0]: pairs[n][1] for n in in_order}
    return kept, {i: j for i, j in pairs if i not in kept}


def _longest_increasing(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest increasing subsequence (Fredman 1975)."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(number)
            at.append(index)
        else:
            ends[length] = number
            at[length] = index
    found: list[int] = []
    index = at[-1] if at else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]


def _pairs(
    kept: dict[int, int], gone: list[int], fresh: list[int], likeness: Likeness | None
) -> dict[int, int]:
    """For each entry that is gone the new one that it became, where there is one."""
    if likeness is None or len(gone) * len(fresh) > _MOST_PAIRS:
        return _pairs_by_place(kept, gone, fresh)
    pairs: dict[int, int] = {}
    free = list(fresh)
    for i in gone:
        best = max(((likeness(i, j), -j, j) for j in free), default=None)
        if best is not None and best[0] >= _ALIKE:
            pairs[i] = best[2]
            free.remove(best[2])
    return pairs


def _pairs_by_place(kept: dict[int, int], gone: list[int], fresh: list[int]) -> dict[int, int]:
    """Those that stand between the same neighbours, the first with the first."""
    anchors = sorted(kept.items())
    olds, news = [i for i, _ in anchors], [j for _, j in anchors]
    free: dict[int, deque[int]] = defaultdict(deque)
    for j in fresh:
        free[bisect_left(news, j)].append(j)
    waiting = ((i, free[bisect_left(olds, i)]) for i in gone)
    return {i: queue.popleft() for i, queue in waiting if queue}
