"""Rows of the tables in a body, found by the heading of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govkb.reading.file_text import FileText

_PIPE = re.compile(rb"(?<!\\)\|")
_MARKUP = re.compile(r"[*_`]")


class Cell(NamedTuple):
    """What stands in a cell, and where, in bytes of the file."""

    text: str
    start: int
    end: int


def rows_below(text: FileText, heading: str) -> Iterator[tuple[list[Cell], int]]:
    """The rows, in their order, of all tables with such a column, each with the column's number.

    Letter case and markup of headings don't count. Rows that end before the column are left out.
    """
    data = text.source.data
    column: int | None = None
    for block in text.body.blocks:
        if block.kind == "table-head":
            names = [_MARKUP.sub("", c.text) for c in _cells(data, block.start, block.end)]
            wanted = heading.casefold()
            column = next((n for n, name in enumerate(names) if name.casefold() == wanted), None)
        elif block.kind == "table-row" and column is not None:
            cells = list(_cells(data, block.start, block.end))
            if column < len(cells):
                yield cells, column


def _cells(data: bytes, start: int, end: int) -> Iterator[Cell]:
    """The cells of a row; a pipe after a backslash divides nothing."""
    row = data[start:end].split(b"\n", 1)[0].rstrip()
    at = len(row) - len(row.lstrip().removeprefix(b"|"))
    for raw in _PIPE.split(row[at:]):
        text = raw.strip()
        first = start + at + len(raw) - len(raw.lstrip())
        yield Cell(text.decode(), first, first + len(text))
        at += len(raw) + 1
