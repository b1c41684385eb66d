"""Items that are rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govkb.reading.body import Block
from govkb.reading.items.item import Found, Value, bare
from govkb.reading.record import Record
from govkb.record_types.items import NAME, TEXT, ItemType

_CELL = re.compile(r"(?:\\.|[^|\\])*")


def rows_in(record: Record, kind: ItemType, blocks: Sequence[Block]) -> Iterator[Found]:
    """The rows of the tables that have a column for the first thing that the kind asks of one."""
    columns: list[str | None] = []
    for block in blocks:
        if block.kind == "table-head":
            heads = [bare(cell.text).casefold() for cell in _cells(record, block)]
            columns = [_column(kind, head) for head in heads]
            if not ({kind.key} if kind.key else {NAME, TEXT}) & set(columns):
                columns = []
        elif block.kind == "table-row" and columns:
            cells = zip(columns, _cells(record, block), strict=False)
            said = {name: cell for name, cell in cells if name is not None and cell.text}
            if said:
                yield Found("", block.start, block.end, said)


def _column(kind: ItemType, heading: str) -> str | None:
    """The value that a column is for: `Question, as far as known` is the one for questions."""
    plain = re.split(r"[,(:]", heading, maxsplit=1)[0].strip()
    return kind.headings.get(heading) or kind.headings.get(plain)


def _cells(record: Record, block: Block) -> list[Value]:
    data = record.source.data[block.start : block.end]
    row = data.decode().strip("\n")
    lead = len(row) - len(row.lstrip())
    at = lead + (row.lstrip()[:1] == "|")
    cells = []
    while at < len(row.rstrip()):
        found = _CELL.match(row, at)
        assert found is not None
        text = found[0]
        begin = block.start + len(row[: at + len(text) - len(text.lstrip())].encode())
        shown = text.strip().replace("\\|", "|")
        cells.append(Value(shown, begin, begin + len(text.strip().encode())))
        at = found.end() + 1
    return cells
