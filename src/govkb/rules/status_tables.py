"""Tables in which a column says the status of what each row names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govkb.reading import ReadResult

_PIPE = re.compile(rb"(?<!\\)\|")
_MARKUP = re.compile(r"[*_`]")
_STATUS = "status"


class StatusRow(NamedTuple):
    """A row: the texts of its other cells, and its status with where that stands, in bytes."""

    others: tuple[str, ...]
    status: str
    start: int
    end: int


class _Cell(NamedTuple):
    text: str
    start: int
    end: int


def status_rows(page: ReadResult) -> Iterator[StatusRow]:
    """The rows, in their order, of all tables with a column `Status`."""
    data = page.source.data
    column: int | None = None
    for block in page.text.body.blocks:
        if block.kind == "table-head":
            names = [_MARKUP.sub("", c.text) for c in _cells(data, block.start, block.end)]
            column = next((n for n, name in enumerate(names) if name.casefold() == _STATUS), None)
        elif block.kind == "table-row" and column is not None:
            cells = list(_cells(data, block.start, block.end))
            if column < len(cells):
                others = tuple(c.text for n, c in enumerate(cells) if n != column)
                yield StatusRow(others, *cells[column])


def _cells(data: bytes, start: int, end: int) -> Iterator[_Cell]:
    """The cells of a row; a pipe after a backslash divides nothing."""
    row = data[start:end].split(b"\n", 1)[0].rstrip()
    at = len(row) - len(row.lstrip().removeprefix(b"|"))
    for raw in _PIPE.split(row[at:]):
        text = raw.strip()
        first = start + at + len(raw) - len(raw.lstrip())
        yield _Cell(text.decode(), first, first + len(text))
        at += len(raw) + 1
