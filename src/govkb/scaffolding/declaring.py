"""Puts references into a record's frontmatter by adding text; what is there is left alone."""

from __future__ import annotations

from collections.abc import Sequence

from govkb.diagnostics import Edit
from govkb.reading import Record
from govkb.scaffolding.frontmatter_changes import AddIds, frontmatter_edits


def declaring_edits(record: Record, field: str, ids: Sequence[str]) -> tuple[Edit, ...] | None:
    """The edits after which `field` names these records too; None where they can't be made safely.

    They only ever add text, and what the frontmatter says then is exactly what it said, with the
    ids at the end of the list.
    """
    return frontmatter_edits(record, [AddIds(field, tuple(ids))])
