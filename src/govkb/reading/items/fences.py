"""Items that are fenced blocks of lines `key=value`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govkb.reading.body import Block
from govkb.reading.items.item import Found, Value
from govkb.reading.record import Record
from govkb.record_types.items import ItemType

_PAIR_LINE = re.compile(r"[ \t]*(?P<key>[A-Za-z][A-Za-z0-9_-]{0,40})[ \t]*=")


def pairs_in(record: Record, kind: ItemType, blocks: Sequence[Block]) -> Iterator[Found]:
    """The blocks that say a value of the kind; the paragraph in front of one says what it is."""
    before: Block | None = None
    for block in blocks:
        pairs = _pairs(record, block) if block.kind == "code" else ()
        values = {
            name: Value(text, start, start + len(text.encode()))
            for key, text, start in pairs
            if (name := kind.headings.get(re.sub("[_-]", " ", key).casefold())) is not None
        }
        if values:
            is_said = before is not None and before.kind == "paragraph"
            text = record.source.text(before.start, before.end) if before and is_said else ""
            yield Found(text.strip(), block.start, block.end, values)
        before = block


def _pairs(record: Record, block: Block) -> Iterator[tuple[str, str, int]]:
    """The lines `key=value` of a block of code, each value with its place."""
    at = block.start
    for line in record.source.data[block.start : block.end].splitlines(keepends=True):
        shown = line.decode()
        found = _PAIR_LINE.match(shown)
        if found is not None:
            lead = shown[: len(shown) - len(shown[found.end() :].lstrip())]
            yield found["key"], shown[found.end() :].strip(), at + len(lead.encode())
        at += len(line)
