"""Tables: aligned for a terminal, divided by tabs for other programs, or as CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from govkb.reporting.escaping import encodable, visible, width

_GAP = "  "
_NARROWEST = 12
# What a spreadsheet would take for a formula.
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"\s*[-+]?[0-9]+(?:\.[0-9]+)?")

Row = Sequence[str]


def aligned(headings: Row, rows: Iterable[Row], columns: int) -> str:
    """The rows under their headings, in so many columns of a terminal.

    What doesn't fit is cut, at the end of the last column first.
    """
    shown = [[visible(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(map(width, cells)) for cells in zip(*shown, strict=True)]
    for number in range(len(widths) - 1, -1, -1):
        over = sum(widths) + len(_GAP) * (len(widths) - 1) - columns
        if over > 0:
            widths[number] = max(min(widths[number], _NARROWEST), widths[number] - over)
    return "".join(f"{_line(row, widths)}\n" for row in shown)


def divided(rows: Iterable[Row]) -> str:
    """A row a line, its cells divided by tabs; nothing is cut, and no cell has a tab in it."""
    return "".join("\t".join(visible(cell) for cell in row) + "\n" for row in rows)


def comma_separated(headings: Row, rows: Iterable[Row]) -> str:
    """CSV (RFC 4180, with bare line feeds), the headings first.

    A cell that a spreadsheet would take for a formula has a quote before it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_harmless(encodable(cell)) for cell in row] for row in rows)
    return text.getvalue()


def shown(value: Any) -> str:
    """A value as people would write it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(shown(item) for item in value)
    if isinstance(value, dict) and isinstance(value.get("ref"), str):
        more = "; ".join(shown(item) for key, item in value.items() if key != "ref")
        return f"{value['ref']} ({more})" if more else str(value["ref"])
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _harmless(cell: str) -> str:
    is_formula = _FORMULA.match(cell) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell


def _line(cells: Row, widths: Sequence[int]) -> str:
    parts = [_padded(cell, columns) for cell, columns in zip(cells, widths, strict=True)]
    return _GAP.join(parts).rstrip()


def _padded(cell: str, columns: int) -> str:
    cut = _cut(cell, columns)
    return cut + " " * (columns - width(cut))


def _cut(cell: str, columns: int) -> str:
    if width(cell) <= columns:
        return cell
    end = columns - 1
    while width(cell[:end]) > columns - 1:
        end -= 1
    return f"{cell[:end].rstrip()}…"
