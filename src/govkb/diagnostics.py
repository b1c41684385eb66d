"""What a rule yields: one value that says what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from govkb.source import Position, Span


class Severity(StrEnum):
    """How bad it is. Errors and warnings make `govkb check` end with 1; info never does."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Related(Struct, frozen=True):
    """Another place that the reader needs to see."""

    message: str
    path: str
    span: Span | None = None


class Edit(Struct, frozen=True):
    """Text to put in the place of a stretch of a file; offsets are in bytes of its source text."""

    start: int
    end: int
    text: str


class Fix(Struct, frozen=True):
    """A repair that can't do harm: it adds no fact, and `title` says what it does."""

    title: str
    edits: tuple[Edit, ...]


class Diagnostic(Struct, frozen=True):
    """One fault in one place.

    `key` is the frontmatter key it is about (`relates_to[2].ref`), `record` the record's id; both
    are None where there is none. `old` and `new` hold the texts to compare where the fault is a
    change; `fix` mends it in its own file.
    """

    code: str
    slug: str
    severity: Severity
    path: str
    message: str
    span: Span | None = None
    hint: str | None = None
    key: str | None = None
    record: str | None = None
    related: tuple[Related, ...] = ()
    old: str | None = None
    new: str | None = None
    fix: Fix | None = None


class HiddenBy(StrEnum):
    """What keeps a finding from being reported."""

    COMMENT = "comment"
    BASELINE = "baseline"


class HiddenDiagnostic(Struct, frozen=True):
    """A finding that isn't reported; `reason` is what the comment says."""

    diagnostic: Diagnostic
    by: HiddenBy
    reason: str | None = None


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics by path, place and code; those that share all three stay as they came."""
    return sorted(diagnostics, key=sort_key)


def counts(diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
    """How many there are of each severity."""
    totals = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        totals[diagnostic.severity] += 1
    return totals


def sort_key(diagnostic: Diagnostic) -> tuple[str, Position, str]:
    """Where a diagnostic stands among others."""
    start = diagnostic.span.start if diagnostic.span else Position(0, 0)
    return diagnostic.path, start, diagnostic.code
