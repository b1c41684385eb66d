"""How much texts have in common."""

from __future__ import annotations

from difflib import SequenceMatcher

# From here on one text may have become the other, and from there on they say the same.
ALIKE, SAME = 0.6, 0.8


def alikeness(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1; line breaks don't matter.

    What is less than ALIKE counts as nothing.
    """
    words = " ".join(one.split()), " ".join(other.split())
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()
