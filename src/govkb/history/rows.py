"""The rows of a data file: CSV as RFC 4180 has it, or one JSON value a line."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from govkb.history.exact_json import JsonError, canonical, load
from govkb.settings import RowFormat

_BOM = b"\xef\xbb\xbf"
_NOT_UTF8 = re.compile("[\ud800-\udfff]")
_MARKER = re.compile(r"(?P<mark><{7}|>{7}|\|{7}|={7})(?: .*)?")
_QUOTE = "a quote in it is opened and never closed"
# What Python's csv module says, and what that means.
_CSV_ERRORS = {
    "unexpected end of data": _QUOTE,
    "',' expected after": "there is text after a closing quote",
    "'\t' expected after": "there is text after a closing quote",
    "new-line character": "there is a lone carriage return in it",
    "field larger": f"a cell is longer than 131,072 characters, or {_QUOTE}",
}


class Row(NamedTuple):
    """A row that begins at a line and ends before another, both from 1.

    `value` is the list of its cells, or what its JSON says; where it can't be read it is None and
    `fault` says why.
    """

    line: int
    end: int
    value: Any
    fault: str | None = None


class Rows(Struct, frozen=True):
    """All rows of a file; `header` is the first one of CSV. `lines` are the lines as written.

    `markers` are the lines that a merge has left; they count as no rows.
    """

    lines: Sequence[str]
    header: Row | None
    rows: Sequence[Row]
    markers: Sequence[Row] = ()

    def text(self, row: Row) -> str:
        """A row as it is written, without its line end."""
        return "\n".join(self.lines[row.line - 1 : row.end - 1])

    def key(self, row: Row) -> str:
        """What rows have in common that are the same, however they are written."""
        if row.fault is not None:
            return f"?{self.text(row)}"
        return canonical(row.value)


def text_of(data: bytes) -> str:
    """A data file as text, without a byte order mark, with LF line ends, in Unicode's form C.

    Bytes that are no UTF-8 become lone surrogates.
    """
    text = data.removeprefix(_BOM).decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def read_rows(text: str, form: RowFormat, *, tabs: bool = False) -> Rows:
    """The rows of a data file. Blank lines are none."""
    lines = text.split("\n")
    is_csv = form is RowFormat.CSV
    found = _csv_rows(lines, "\t" if tabs else ",") if is_csv else _json_rows(lines)
    rows: list[Row] = []
    markers: list[Row] = []
    for row in found:
        kept = markers if _is_marker(lines, row, bool(markers)) else rows
        kept.append(row)
    if not text.isascii():
        rows = [_refused(lines, row) for row in rows]
    header = rows.pop(0) if is_csv and rows else None
    return Rows(lines, header, rows, markers)


def _csv_rows(lines: Sequence[str], delimiter: str) -> Iterator[Row]:
    """Every row; after one that can't be read the next line is taken for the next row.

    Lines that an open quote has swallowed are read again one by one, each but once.
    """
    at = 0
    while at < len(lines):
        pending = (f"{lines[number]}\n" for number in range(at, len(lines)))
        reader = csv.reader(pending, delimiter=delimiter, strict=True)
        begun = at
        try:
            for cells in reader:
                ended = at + reader.line_num
                if cells:
                    yield Row(begun + 1, ended + 1, cells)
                begun = ended
            return
        except csv.Error as error:
            at += reader.line_num
            yield Row(begun + 1, begun + 2, None, _meaning(error))
        for number in range(begun + 1, at):
            yield from _row_alone(lines[number], number, delimiter)


def _row_alone(line: str, number: int, delimiter: str) -> Iterator[Row]:
    try:
        for cells in csv.reader([f"{line}\n"], delimiter=delimiter, strict=True):
            if cells:
                yield Row(number + 1, number + 2, cells)
    except csv.Error as error:
        yield Row(number + 1, number + 2, None, _meaning(error))


def _meaning(error: csv.Error) -> str:
    said = str(error)
    return next((text for start, text in _CSV_ERRORS.items() if said.startswith(start)), said)


def _json_rows(lines: Sequence[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield Row(number, number + 1, load(line))
            except JsonError as error:
                yield Row(number, number + 1, None, error.message)


def _is_marker(lines: Sequence[str], row: Row, is_in_conflict: bool) -> bool:
    """Whether a row is a line that git has put there; `=======` alone may be anybody's."""
    line = lines[row.line - 1]
    if row.end != row.line + 1 or not line.startswith(("<", ">", "|", "=")):
        return False
    match = _MARKER.fullmatch(line)
    return match is not None and (match["mark"] != "=======" or is_in_conflict)


def _refused(lines: Sequence[str], row: Row) -> Row:
    """The row, but as one that can't be read where it holds bytes that are no UTF-8."""
    if not any(_NOT_UTF8.search(line) for line in lines[row.line - 1 : row.end - 1]):
        return row
    return row._replace(value=None, fault="it is not UTF-8")


def cells_of(key: str) -> frozenset[str]:
    """The parts of a row by its key, to tell rows that are alike."""
    if key.startswith("?"):
        return frozenset(map(canonical, key[1:].split(",")))
    value = load(key)
    if isinstance(value, dict):
        return frozenset(f"{name}:{canonical(item)}" for name, item in value.items())
    return frozenset(map(canonical, value)) if isinstance(value, list) else frozenset((key,))
