"""The tasks in records' bodies, `- [ ]` and `- [x]`."""

from __future__ import annotations

import re

from govkb.reading.body import Block
from govkb.reading.items import items_of
from govkb.reading.record import Record

_BOX = re.compile(rb"\[[ \t\v\f\rxX]\]")


def tasks_of(record: Record) -> list[Block]:
    """The tasks that have no other meaning: gates and their like have boards of their own."""
    if _BOX.search(record.source.data, record.body_start) is None:
        # Parsing a body takes a hundred times longer than this look at it, and few have tasks.
        return []
    items = {item.start for item in items_of(record)}
    return [b for b in record.body.blocks if b.checked is not None and b.start not in items]


def open_tasks_of(record: Record) -> list[Block]:
    """Those that aren't done."""
    return [block for block in tasks_of(record) if not block.checked]


def has_open_tasks(record: Record) -> bool:
    """Whether there is one that isn't done."""
    return bool(open_tasks_of(record))
