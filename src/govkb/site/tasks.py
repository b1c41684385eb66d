"""The tasks in records' bodies, `- [ ]` and `- [x]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Block, Record
from govkb.reading.items import items_of
from govkb.site.record_fields import text_of
from govkb.site.rendering import render_text
from govkb.site.viewpoint import RecordLink, Viewpoint

_BOX = re.compile(r"\A[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[[ xX]\][ \t]*")
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class TaskList:
    """The open tasks of a record; `more` of them are not shown. `owner` is the record's."""

    link: RecordLink
    owner: str | None
    done: int
    total: int
    tasks: tuple[Markup, ...]
    more: int


def records_with_open_tasks(base: KnowledgeBase) -> list[Record]:
    """The records with a task that isn't done, by id."""
    # Parsing a body takes a hundred times longer than this look at it, and few have tasks.
    likely = (r for r in base.records_by_id.values() if b"[ ]" in r.source.data)
    return sorted((r for r in likely if _open_among(tasks_of(r))), key=lambda record: record.id)


def task_list(record: Record, view: Viewpoint, most: int = _SHOWN) -> TaskList:
    """A record's open tasks as a page shows them."""
    tasks = tasks_of(record)
    found = _open_among(tasks)
    return TaskList(
        link=view.link(record),
        owner=text_of(record, "owner"),
        done=len(tasks) - len(found),
        total=len(tasks),
        tasks=tuple(_shown(block, record, view) for block in found[:most]),
        more=max(0, len(found) - most),
    )


def tasks_of(record: Record) -> list[Block]:
    """The tasks that have no other meaning: gates and their like have boards of their own."""
    items = {item.start for item in items_of(record)}
    return [b for b in record.body.blocks if b.checked is not None and b.start not in items]


def _open_among(tasks: list[Block]) -> list[Block]:
    return [block for block in tasks if not block.checked]


def _shown(block: Block, record: Record, view: Viewpoint) -> Markup:
    text = _BOX.sub("", record.source.text(block.start, block.end))
    first, *rest = text.split("\n")
    lines = (line.removeprefix("  ") for line in rest)
    return Markup(render_text("\n".join((first, *lines)), record, view.linker))
