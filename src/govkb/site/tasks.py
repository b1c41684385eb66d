"""The tasks in records' bodies as pages show them."""

from __future__ import annotations

import re

from markupsafe import Markup
from msgspec import Struct

from govkb.reading import Block, Record
from govkb.reading.tasks import open_tasks_of, tasks_of
from govkb.site.record_fields import text_of
from govkb.site.rendering import render_text
from govkb.site.viewpoint import RecordLink, Viewpoint

_BOX = re.compile(r"\A[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[[ xX]\][ \t]*")
_SHOWN = 10


class TaskList(Struct, frozen=True):
    """The open tasks of a record; `more` of them are not shown. `owner` is the record's."""

    link: RecordLink
    owner: str | None
    done: int
    total: int
    tasks: tuple[Markup, ...]
    more: int


def task_list(record: Record, view: Viewpoint, most: int = _SHOWN) -> TaskList:
    """A record's open tasks as a page shows them."""
    total, found = len(tasks_of(record)), open_tasks_of(record)
    return TaskList(
        link=view.link(record),
        owner=text_of(record, "owner"),
        done=total - len(found),
        total=total,
        tasks=tuple(_shown(block, record, view) for block in found[:most]),
        more=max(0, len(found) - most),
    )


def _shown(block: Block, record: Record, view: Viewpoint) -> Markup:
    text = _BOX.sub("", record.source.text(block.start, block.end))
    first, *rest = text.split("\n")
    lines = (line.removeprefix("  ") for line in rest)
    return Markup(render_text("\n".join((first, *lines)), record, view.linker))
