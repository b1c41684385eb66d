"""Fields that may only name somebody who is entitled to it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from govkb.record_types.declarations import Declaration


class Entitlement(Struct, frozen=True):
    """Whom a `field` may name: those in other fields of the record (`within`).

    Or those whom records that it leads to name in theirs: `through` has these by relation.
    """

    field: str
    within: tuple[str, ...] = ()
    through: Mapping[str, tuple[str, ...]] = {}


def read_entitlements(declaration: Declaration) -> tuple[Entitlement, ...]:
    """What a type says about whom its fields may name."""
    return tuple(
        Entitlement(
            name,
            tuple(data.get("in", ())),
            {relation: tuple(fields) for relation, fields in data.get("through", {}).items()},
        )
        for name, data in declaration.data.get("entitled", {}).items()
    )
