"""How long an edge holds that is only there `until` something: a day, or a record that is done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from govkb.graph.parts import heading_of, item_of
from govkb.graph.references import Name
from govkb.graph.resolution import Resolution, ResolutionKind
from govkb.graph.resolver import Resolver
from govkb.reading import Block, Heading, Record
from govkb.reading.items import Item
from govkb.reading.waivers import is_settled

_DAY = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:T\S*)?", re.ASCII)
_CANNOT_TELL = (ResolutionKind.EXTERNAL, ResolutionKind.UNREADABLE, ResolutionKind.UNCHECKED)


class EndKind(StrEnum):
    """What became of the end: PENDING is still to come, and the rest below OVER never can."""

    PENDING = "pending"
    OVER = "over"
    NOWHERE = "nowhere"
    NO_GATE = "no-gate"


class End(NamedTuple):
    """The end of an edge: what names it, and the record, part or item that it waits for."""

    kind: EndKind
    name: str
    record: Record | None = None
    is_part: bool = False
    item: Item | None = None

    @property
    def is_over(self) -> bool:
        """Whether the edge holds no longer."""
        return self.kind is EndKind.OVER


def end_of(until: str, citing: Record, resolver: Resolver, today: date) -> End:
    """What `until` means where `citing` says it, seen from `today`; a day itself is still within.

    A record is over when it is done, a part of one when all its boxes are checked, an item such as
    a gate when it is settled. What is known elsewhere only, such as a ticket, counts as still to
    come.
    """
    day = _DAY.fullmatch(until.strip())
    if day is not None:
        return End(_of_day(day["day"], today), until)
    references = resolver.references(until, citing)
    ends = [_of_name(name, found, until, today) for name, found in references]
    # Of several the one that keeps the edge from ending tells most.
    return next((end for end in ends if not end.is_over), ends[0])


def _of_day(text: str, today: date) -> EndKind:
    try:
        return EndKind.OVER if date.fromisoformat(text) < today else EndKind.PENDING
    except ValueError:
        return EndKind.NOWHERE


def _of_name(name: Name, resolution: Resolution, until: str, today: date) -> End:
    record = resolution.record
    if record is not None and (name.fragment is not None or name.part is not None):
        heading = heading_of(record, name)
        item = item_of(record, name) if heading is None else None
        kind = _of_item(item, record, today) if item is not None else _of_part(record, heading)
        return End(kind, until, record, is_part=True, item=item)
    return End(_of_record(resolution), name.target, record)


def _of_record(resolution: Resolution) -> EndKind:
    record = resolution.record
    if resolution.kind in _CANNOT_TELL:
        return EndKind.PENDING
    if record is None:
        is_file = resolution.kind is ResolutionKind.FILE
        return EndKind.NO_GATE if is_file else EndKind.NOWHERE
    if record.type is None or not record.type.statuses.done:
        return EndKind.NO_GATE
    return EndKind.OVER if record.is_done else EndKind.PENDING


def _of_item(item: Item, record: Record, today: date) -> EndKind:
    return EndKind.OVER if is_settled(item, record, today) else EndKind.PENDING


def _of_part(record: Record, heading: Heading | None) -> EndKind:
    if heading is None:
        return EndKind.NOWHERE
    boxes = [block.checked for block in _below(record, heading) if block.checked is not None]
    if not boxes:
        return EndKind.NO_GATE
    return EndKind.OVER if all(boxes) else EndKind.PENDING


def _below(record: Record, heading: Heading) -> Iterator[Block]:
    """The blocks under a heading, as far as the next one of its level or above."""
    tops = (h.start for h in record.body.headings if h.level <= heading.level)
    stop = next((start for start in tops if start > heading.start), len(record.source.data))
    return (block for block in record.body.blocks if heading.start < block.start < stop)
