"""Fields whose every change a record has to account for."""

from __future__ import annotations

from msgspec import Struct

from govkb.record_types.declarations import Declaration


class Classification(Struct, frozen=True):
    """A field that says how something was judged, each change of which is a step in `history`.

    `filed` is the field with the moment since which there is something to look at; without one it
    is the day of the record's id. Where it `needs_probe` each step says what was looked at, when,
    and what that showed. After `stale_after` days somebody has to look again; None is never.
    """

    field: str
    history: str
    filed: str | None = None
    needs_probe: bool = False
    stale_after: int | None = None


def read_classifications(declaration: Declaration) -> tuple[Classification, ...]:
    """The classifications of a type, in the order in which it declares them."""
    return tuple(
        Classification(
            field,
            data["history"],
            data.get("filed"),
            data.get("probe") == "required",
            data.get("stale_after"),
        )
        for field, data in declaration.data.get("classifications", {}).items()
    )
