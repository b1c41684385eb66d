"""The name that somebody probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

# Below this a name is too different to be a typo of the other: `root_cause` isn't `causes`.
_ALIKE = 0.75


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of these names that is most like another, letter case aside; None if none is."""
    names = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(name.casefold(), names, 1, _ALIKE)
    return names[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint that names the nearest, or all there are."""
    names = list(known)
    near = nearest(name, names)
    return f"did you mean {near!r}?" if near else f"there are {', '.join(names) or 'none'}"
