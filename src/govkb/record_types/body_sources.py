"""What types say about the words of bodies: where fields have values, and what names a path."""

from __future__ import annotations

from msgspec import Struct


class BodySource(Struct, frozen=True):
    """Where in the body a field's value stands when the frontmatter doesn't have it.

    `line` names a line `Date: …` (also bold, also as a list item); `section` a section whose first
    line is the value; `field` another field, such as `status: superseded by ADR-0004`. With `after`
    the value is the link or word that follows one of these phrases there; letter case doesn't
    matter. With `split` the value has these keys, and its parts stand between dashes: `missing — no
    runner`. The last one takes the rest.
    """

    line: str | None = None
    section: str | None = None
    after: tuple[str, ...] = ()
    field: str | None = None
    split: tuple[str, ...] = ()


class CreatedPaths(Struct, frozen=True):
    """The words by which records say that a path was created: `Added`, in any letter case.

    A paragraph that begins with one of `excused_by` names paths that are no longer there.
    """

    said_by: tuple[str, ...]
    excused_by: tuple[str, ...] = ()
