"""What a name leads to, and by which class it was resolved."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from govkb.graph.references import Name
from govkb.reading import Record


class ResolutionKind(StrEnum):
    """By what a name was resolved, or why it wasn't, in the order in which it is tried."""

    ID = "id"
    ALIAS = "alias"
    STEM = "stem"
    PATH = "path"
    SHORT_ID = "short-id"
    README = "readme"
    ROW = "row"
    FILE = "file"
    RENAMED = "renamed"
    ROOT_RELATIVE = "root-relative"
    EXTERNAL = "external"
    COMMIT = "commit"
    DECORATED = "decorated"
    AMBIGUOUS = "ambiguous"
    CONTRADICTING = "contradicting"
    UNREADABLE = "unreadable"
    UNCHECKED = "unchecked"
    UNRESOLVED = "unresolved"


class Resolution(Struct, frozen=True):
    """What a name leads to: a record, or the path of a file, or an address.

    `candidates` are the records among which it can't be decided; for a contradiction those with the
    number, while `meant` are those with the words. `line_count` is known where lines were named.
    """

    kind: ResolutionKind
    record: Record | None = None
    candidates: tuple[Record, ...] = ()
    meant: tuple[Record, ...] = ()
    path: str | None = None
    address: str | None = None
    line_count: int | None = None


Resolved = tuple[Name, Resolution]

UNRESOLVED = Resolution(ResolutionKind.UNRESOLVED)
UNCHECKED = Resolution(ResolutionKind.UNCHECKED)
UNREADABLE = Resolution(ResolutionKind.UNREADABLE)
