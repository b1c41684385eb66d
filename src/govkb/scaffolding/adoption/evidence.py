"""Everything that is known of a tree before its types are written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.references import Names, ReferenceField
from govkb.scaffolding.adoption.shipped import Shipped
from govkb.scaffolding.adoption.sidecars import Sidecars
from govkb.scaffolding.adoption.values import Terms


class Evidence(Struct, frozen=True):
    """A tree's documents as seen by the parts that write types.

    `required_at` is the share of files from which on a field or section is required.
    """

    names: Names
    references: tuple[ReferenceField, ...]
    sidecars: Sidecars
    terms: Terms
    shipped: Shipped
    type_names: frozenset[str] = frozenset()
    required_at: float = 0.95

    def values(self, documents: Iterable[Document], name: str) -> list[Any]:
        """The values of a field: each document's own, and what its folder hands down instead."""
        found = []
        for document in documents:
            own = (document.metadata or {}).get(name)
            if name in (document.metadata or {}):
                found.append(own)
            inherited = self.sidecars.handed_down(document.path)
            if own in (None, "", [], {}) and name in inherited:
                found.append(inherited[name])
        return found


def files(count: int, total: int | None = None) -> str:
    """`184 of 190 files`, as evidence."""
    if total is None or total == count:
        return "1 file" if count == 1 else f"{count} files"
    return f"{count} of {total} files"
