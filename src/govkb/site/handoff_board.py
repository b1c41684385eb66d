"""Where to start: the newest handoff, with what it puts first and what it carries on.

A handoff is a record of a type with a section that is `carry_forward` or that `holds: next_steps`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup
from msgspec import Struct

from govkb.counting import counted
from govkb.history import Entry, entries_of
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.deadlines import overdue
from govkb.queries.items import items_among
from govkb.reading import Record
from govkb.record_types import RecordType, SectionType
from govkb.site.deadlines import DeadlineView, deadline_view
from govkb.site.index_views import types_in_use
from govkb.site.item_views import ItemBoard, boards_of
from govkb.site.moments import ago, days_since
from govkb.site.record_fields import newest_first, text_of
from govkb.site.rendering import render_text
from govkb.site.tasks import TaskList, task_list
from govkb.site.viewpoint import RecordLink, Viewpoint

_EARLIER = 10
_MOST_TASKS = 50
_RELATION = "previous"
_BOX = re.compile(r"\A\[[ xX]\][ \t]+")
_BOLD = re.compile(r"\A(?:\*\*|__)(?P<lead>.+?)(?:\*\*|__)", re.DOTALL)


class Carried(Struct, frozen=True):
    """An item with the handoff that first had it; `age` is empty where that has no day."""

    html: Markup
    since: RecordLink | None
    age: str
    days: int
    handoffs: int


class CarriedList(Struct, frozen=True):
    """The items of a section that is carried on, the oldest first."""

    heading: str
    anchor: str
    items: tuple[Carried, ...]


class Part(Struct, frozen=True):
    """A section of the handoff as it stands there."""

    heading: str
    anchor: str
    html: Markup


class Earlier(Struct, frozen=True):
    """An earlier handoff, and how long ago it was."""

    link: RecordLink
    age: str


class HandoffBoard(Struct, frozen=True):
    """The newest handoff. `others` are its sections but those of learnings, in their order."""

    link: RecordLink
    summary: str | None
    age: str
    late: tuple[DeadlineView, ...]
    first: tuple[Part, ...]
    items: tuple[ItemBoard, ...]
    tasks: TaskList | None
    carried: tuple[CarriedList, ...]
    others: tuple[Part, ...]
    earlier: tuple[Earlier, ...]
    more: int
    href: str | None
    as_of: str


def handoff_types(base: KnowledgeBase) -> list[RecordType]:
    """The types whose records hand work on, among those that have records."""
    return [t for t in types_in_use(base) if any(map(_hands_on, t.sections.values()))]


def handoff_board(types: list[RecordType], view: Viewpoint) -> HandoffBoard:
    """The board of the newest record of these types."""
    base = view.base
    found = newest_first(record for t in types for record in base.of_type(t.name))
    newest, *earlier = found
    parts = list(_parts(newest))
    tasks = task_list(newest, view, _MOST_TASKS)
    late = [d for d in overdue(view.background.deadlines, base.today) if d.record is newest]
    return HandoffBoard(
        link=view.link(newest),
        summary=text_of(newest, "summary"),
        age=ago(newest.date, base.today),
        late=tuple(deadline_view(deadline, view) for deadline in late),
        first=tuple(_part(p, newest, view) for p in parts if _holds(p[0], "next_steps")),
        items=boards_of(items_among(base, [newest]), view),
        tasks=tasks if tasks.tasks else None,
        carried=tuple(
            _carried_list(section, newest, view)
            for section, _, _ in parts
            if section is not None and section.carry_forward
        ),
        others=tuple(_part(p, newest, view) for p in parts if _is_other(p[0])),
        earlier=tuple(Earlier(view.link(r), ago(r.date, base.today)) for r in earlier[:_EARLIER]),
        more=max(0, len(earlier) - _EARLIER),
        href=view.type_page(newest.type) if newest.type else None,
        as_of=base.today.isoformat(),
    )


def _hands_on(section: SectionType) -> bool:
    return section.carry_forward or section.holds == "next_steps"


def _holds(section: SectionType | None, what: str) -> bool:
    return section is not None and section.holds == what


def _is_other(section: SectionType | None) -> bool:
    """Whether it is neither shown apart nor what other pages show: learnings, old ones among."""
    return section is None or not (
        _hands_on(section) or section.cumulative or section.holds == "learnings"
    )


def _parts(record: Record) -> Iterator[tuple[SectionType | None, str, str]]:
    """Each section that says something: what its type knows of it, its heading and its text."""
    known = record.type.headings if record.type else {}
    for section in record.outline.sections():
        if section.has_text:
            text = record.source.text(section.heading.end, section.end)
            yield known.get((None, section.name.casefold())), section.name, text


def _part(part: tuple[SectionType | None, str, str], record: Record, view: Viewpoint) -> Part:
    _, heading, text = part
    html = Markup(render_text(text, record, view.linker))
    return Part(heading, _anchor(heading), html)


def _carried_list(section: SectionType, record: Record, view: Viewpoint) -> CarriedList:
    items = [_carried(entry, section.name, record, view) for entry in _items(record, section.name)]
    items.sort(key=lambda item: -item.days)
    return CarriedList(section.name, _anchor(section.name), tuple(items))


def _carried(entry: Entry, section: str, record: Record, view: Viewpoint) -> Carried:
    """An item, followed back as long as each handoff before has it too."""
    first, handoffs = record, 1
    for before in _before(record, view.base):
        if not any(_is_same(entry, other) for other in _items(before, section)):
            break
        first, handoffs = before, handoffs + 1
    days = days_since(first.date, view.base.today)
    return Carried(
        html=Markup(render_text(entry.text, record, view.linker)),
        since=view.link(first) if first is not record else None,
        age=counted(days, "day") if days is not None else "",
        days=days if days is not None else -1,
        handoffs=handoffs,
    )


def _before(record: Record, base: KnowledgeBase) -> Iterator[Record]:
    """The records before one, the nearest first, each named by the one after it."""
    seen = {record.id}
    while True:
        edges = base.graph.outgoing.get(record.id, ())
        named = (e.target for e in edges if e.kind is not None and e.kind.name == _RELATION)
        target = min((name for name in named if name not in seen), default=None)
        if target is None:
            return
        seen.add(target)
        record = base.records_by_id[target]
        yield record


def _items(record: Record, section: str) -> list[Entry]:
    return [entry for entry in entries_of(record, section) if entry.block.kind == "item"]


def _is_same(one: Entry, other: Entry) -> bool:
    """Whether both say the same, or begin with the same words in bold type."""
    lead, another = _lead(one), _lead(other)
    return one.text == other.text or (lead is not None and lead == another)


def _lead(entry: Entry) -> str | None:
    found = _BOLD.match(_BOX.sub("", entry.text))
    return " ".join(found["lead"].casefold().split()).strip(" :.;,") if found else None


def _anchor(heading: str) -> str:
    """The anchor of a section, which none of the board's own parts has."""
    return "part-" + re.sub(r"[^\w]+", "-", heading.casefold()).strip("-")
