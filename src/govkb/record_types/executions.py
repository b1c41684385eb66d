"""What has to be carried out once it is decided."""

from __future__ import annotations

from msgspec import Struct

from govkb.record_types.declarations import Declaration


class Execution(Struct, frozen=True):
    """How far what records say has been carried out, by the value of a field.

    It is asked about those in one of the `statuses`; the values in `done` end it. It is due on the
    day in the field `by`, else so many days (`within`) after the record's own, and else never.
    Of the values in `shown_for` something shows that it is so: a relation of one of the names in
    `shown_by`, as read from the record, or text in one of the `sections`.
    """

    field: str
    statuses: frozenset[str]
    done: frozenset[str]
    by: str | None = None
    within: int | None = None
    shown_for: frozenset[str] = frozenset()
    shown_by: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


def read_execution(declaration: Declaration) -> Execution | None:
    """What a type says of it; None where it says nothing."""
    data = declaration.data.get("execution")
    if data is None:
        return None
    shown = data.get("shown", {})
    return Execution(
        data["field"],
        frozenset(data["in"]),
        frozenset(data["done"]),
        data.get("by"),
        data.get("within"),
        frozenset(shown.get("in", ())),
        tuple(shown.get("relations", ())),
        tuple(shown.get("sections", ())),
    )
