"""Tables in which a column says the status of what each row names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkb.reading import ReadResult
from govkb.reading.tables import rows_below


class StatusRow(NamedTuple):
    """A row: the texts of its other cells, and its status with where that stands, in bytes."""

    others: tuple[str, ...]
    status: str
    start: int
    end: int


def status_rows(page: ReadResult) -> Iterator[StatusRow]:
    """The rows, in their order, of all tables with a column `Status`."""
    for cells, column in rows_below(page.text, "status"):
        others = tuple(cell.text for n, cell in enumerate(cells) if n != column)
        yield StatusRow(others, *cells[column])
