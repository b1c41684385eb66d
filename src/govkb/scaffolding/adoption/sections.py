"""The sections that the records of a group have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from govkb.scaffolding.adoption.documents import Document

_LISTED = 0.3
_MIN_FILES = 3
_MAX = 15


class SectionUse(Struct, frozen=True):
    """A section, and how many files have it."""

    name: str
    count: int
    is_required: bool


def sections_of(documents: Iterable[Document], required_at: float) -> list[SectionUse]:
    """The sections of at least three in ten files, in the order in which they mostly stand."""
    documents = list(documents)
    names: dict[str, Counter[str]] = {}
    places: dict[str, list[int]] = {}
    for document in documents:
        for place, name in enumerate(document.sections):
            key = name.casefold()
            names.setdefault(key, Counter())[name] += 1
            places.setdefault(key, []).append(place)
    if len(documents) < _MIN_FILES:
        return []
    uses = []
    for key, spelled in names.items():
        count = len(places[key])
        if count >= max(_LISTED * len(documents), _MIN_FILES):
            name = max(sorted(spelled), key=lambda n: spelled[n])
            uses.append(SectionUse(name, count, count >= required_at * len(documents)))
    uses.sort(key=lambda use: (-use.count, use.name))
    return sorted(uses[:_MAX], key=lambda u: (_middle(places[u.name.casefold()]), u.name))


def _middle(places: list[int]) -> int:
    return sorted(places)[len(places) // 2]
