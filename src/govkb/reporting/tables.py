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
_NARROWEST = 24
# What a spreadsheet would take for a formula.
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"\s*[-+]?[0-9]+(?:\.[0-9]+)?")

Row = Sequence[str]


def aligned(headings: Row, rows: Iterable[Row], columns: int, spare: Sequence[str] = ()) -> str:
    """The rows under their headings, in so many columns of a terminal.

    What doesn't fit is left out or cut: first the columns that are `spare`, then the end of the
    last one. Ids stay whole.
    """
    shown = [[visible(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(map(width, cells)) for cells in zip(*shown, strict=True)]
    kept = list(range(len(headings)))
    for name in spare:
        if _over(kept, widths, columns) > 0:
            kept.remove(headings.index(name))
    last = kept[-1]
    widths[last] = min(widths[last], max(_NARROWEST, columns - _before(kept, widths)))
    return "".join(f"{_line([row[n] for n in kept], [widths[n] for n in kept])}\n" for row in shown)


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


def cut(cell: str, columns: int) -> str:
    """As much of a text as there is room for, which `visible` has been over."""
    if width(cell) <= columns:
        return cell
    end = columns - 1
    while width(cell[:end]) > columns - 1:
        end -= 1
    return f"{cell[:end].rstrip()}…"


def _over(kept: Sequence[int], widths: Sequence[int], columns: int) -> int:
    """By how much these columns are too wide, if the last is as narrow as it may be."""
    return _before(kept, widths) + min(widths[kept[-1]], _NARROWEST) - columns


def _before(kept: Sequence[int], widths: Sequence[int]) -> int:
    """Where the last of these columns begins."""
    return sum(widths[number] + len(_GAP) for number in kept[:-1])


def _harmless(cell: str) -> str:
    is_formula = _FORMULA.match(cell) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell


def _line(cells: Row, widths: Sequence[int]) -> str:
    parts = [_padded(cell, columns) for cell, columns in zip(cells, widths, strict=True)]
    return _GAP.join(parts).rstrip()


def _padded(cell: str, columns: int) -> str:
    shown = cut(cell, columns)
    return shown + " " * (columns - width(shown))
