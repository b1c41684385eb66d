"""How rules about data files say where a fault is, and how they keep many faults short."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic
from govkb.source import Position, Span

_MOST = 20
_SHOWN = 80
_WHOLE = 2_000


def span_of_line(line: int) -> Span | None:
    """The span of a whole line; None where there is no line."""
    return Span(Position(line, 1), Position(line + 1, 1)) if line else None


def quoted(row: str) -> str:
    """A row on one line between quotes, cut where it is long."""
    text = " ".join(row.split())
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
    return f"'{shown}'"


def whole(row: str | None) -> str | None:
    """A row as it is written, unless it is far longer than anybody reads."""
    return row if row is None or len(row) <= _WHOLE else f"{row[:_WHOLE]}…"


def first_of(found: Sequence[Diagnostic], more: str) -> Sequence[Diagnostic]:
    """The first of many faults of one file; the last of those says how many `more` there are."""
    if len(found) <= _MOST:
        return found
    last = found[_MOST - 1]
    rest = f"{len(found) - _MOST:,} more {more}"
    return [*found[: _MOST - 1], replace(last, message=f"{last.message} (and {rest})")]
