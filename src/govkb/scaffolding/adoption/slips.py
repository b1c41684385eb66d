"""Values that are most likely slips of the pen: written once, and nearly another one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_OFTEN = 2
_SHORTEST = 4
_LONG = 8
_SIGNS = re.compile(r"[0-9]+|\b[a-z]\b|[^\x00-\x7f]", re.ASCII)


def slips(counts: Mapping[str, int], known: Collection[str] = ()) -> dict[str, str]:
    """The values that occur once and are nearly one that occurs more often, with that one.

    What is `known` is no slip itself, and counts as often used.
    """
    usual = [v for v, n in counts.items() if n >= _OFTEN or v in known] + [
        v for v in sorted(known) if v not in counts
    ]
    found = {}
    for value in sorted(v for v, n in counts.items() if n < _OFTEN and v not in known):
        near = [other for other in usual if is_nearly(value, other)]
        if near:
            found[value] = max(sorted(near), key=lambda other: counts.get(other, 0))
    return found


def is_nearly(value: str, other: str) -> bool:
    """Whether a value is another one but for letter case, a letter or two, or cut off (`Hi`)."""
    a, b = value.casefold(), other.casefold()
    if a == b:
        return True
    if _SIGNS.findall(a) != _SIGNS.findall(b):
        return False  # `team-a` and `p1` say in one character what tells them from others
    if 2 <= len(a) < _SHORTEST:
        return b.startswith(a) and b[len(a)].isalpha()
    if a.endswith(b) or b.endswith(a) or len(a) < _SHORTEST:
        return False  # `inactive`
    return _distance(a, b) <= (2 if min(len(a), len(b)) >= _LONG else 1)


def _distance(a: str, b: str) -> int:
    """How many letters have to be changed, added, left out or swapped with the next one."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
