"""How much a record may hold before it should be taken apart."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from govkb.record_types.declarations import Declaration


class Decomposition(Struct, frozen=True):
    """The numbers above which a record should have parts, which lead to it by a `relation`.

    A record exceeds one of the `limits` where it has more of everything that this names: items of a
    kind, or values in a field.
    """

    relation: str
    limits: tuple[Mapping[str, int], ...]


def read_decomposition(declaration: Declaration) -> Decomposition | None:
    """When a record of the type should have parts; None where it may hold as much as it likes."""
    data = declaration.data.get("decomposed")
    return Decomposition(data["by"], tuple(data["above"])) if data is not None else None
