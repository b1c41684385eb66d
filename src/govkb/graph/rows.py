"""Rows of tables that are cited by their ids: `Roadmap items 094-097`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govkb.graph.references import Name
from govkb.graph.resolution import UNRESOLVED, Resolution, ResolutionKind, Resolved
from govkb.reading import Record
from govkb.record_types import RecordType, TypeCatalogue

_CELLS = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"(?P<first>[0-9]+[a-z]?)(?:\s?(?:-|–|—|to)\s?(?P<last>[0-9]+[a-z]?))?")
_MARKUP = re.compile("[*_`~]")
_MOST_ROWS = 1000

Table = tuple[Record, frozenset[str]]


class Rows:
    """The tables whose rows can be cited, read when the first one is."""

    def __init__(self, catalogue: TypeCatalogue, records: Sequence[Record]) -> None:
        self._types = [t for t in catalogue.types.values() if t.row_ids is not None]
        self._records = records
        self._tables: dict[str, list[Table]] = {}

    def named(self, text: str, citing: Record) -> list[Resolved]:
        """The rows that a phrase names, each by itself; empty where it is no such phrase."""
        for record_type in self._types:
            assert record_type.row_ids is not None
            for words in record_type.row_ids.cited_as:
                rest = text.removeprefix(words)
                if rest != text and rest[:1] == " " and rest.lstrip()[:1].isdigit():
                    resolution = self._table(record_type, citing)
                    return [(Name(words, row=row), resolution) for row in rows_in(rest)]
        return []

    def has(self, record: Record, row: str) -> bool:
        """Whether a table of the record has a row with this id."""
        tables = self._tables_of(record.type) if record.type else []
        return any(holder is record and row in ids for holder, ids in tables)

    def _table(self, record_type: RecordType, citing: Record) -> Resolution:
        """The citing record where it has such a table, else the one record that has."""
        holders = [record for record, _ in self._tables_of(record_type)]
        own = [record for record in holders if record is citing]
        if len(own or holders) == 1:
            return Resolution(ResolutionKind.ROW, (own or holders)[0])
        if holders:
            return Resolution(ResolutionKind.AMBIGUOUS, candidates=tuple(holders))
        return UNRESOLVED

    def _tables_of(self, record_type: RecordType) -> list[Table]:
        known = self._tables.get(record_type.name)
        if known is None:
            column = record_type.row_ids.column if record_type.row_ids else ""
            known = []
            for record in self._records:
                if record.type is record_type:
                    ids = row_ids(record, column)
                    if ids is not None:
                        known.append((record, ids))
            self._tables[record_type.name] = known
        return known


def row_ids(record: Record, column: str) -> frozenset[str] | None:
    """The ids in this column of a record's tables; None where no table has such a column."""
    ids: set[str] = set()
    number: int | None = None
    has_table = False
    for block in record.body.blocks:
        if block.kind not in ("table-head", "table-row"):
            continue
        cells = _cells(record.source.text(block.start, block.end))
        if block.kind == "table-head":
            wanted = (n for n, cell in enumerate(cells) if cell.casefold() == column.casefold())
            number = next(wanted, None)
            has_table = has_table or number is not None
        elif number is not None and number < len(cells):
            ids.add(cells[number])
    return frozenset(ids - {""}) if has_table else None


def rows_in(text: str) -> list[str]:
    """The row ids in `094-097, 101`, ranges written out; zeros in front are kept."""
    found: list[str] = []
    for match in _NUMBER.finditer(text):
        first, last = match["first"], match["last"] or match["first"]
        if not (first.isdigit() and last.isdigit()):
            found += dict.fromkeys((first, last))
            continue
        stop = min(int(last), int(first) + _MOST_ROWS)
        found += [str(number).zfill(len(first)) for number in range(int(first), stop + 1)]
    return found


def _cells(row: str) -> list[str]:
    text = row.strip().removeprefix("|")
    return [_MARKUP.sub("", cell).strip() for cell in _CELLS.split(text)]
