"""A record's page: all that its template may see."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup
from msgspec import Struct

from govkb.reading import Record
from govkb.reading.tasks import tasks_of
from govkb.site.addresses import short_address
from govkb.site.banners import Banner, banners_of
from govkb.site.facts import Fact, facts_of, key_facts_of
from govkb.site.graph_view import Neighbourhood
from govkb.site.history_view import HistoryView, history_view
from govkb.site.item_views import ItemGroup, item_groups
from govkb.site.markdown_writer import Rendered
from govkb.site.marks import Mark, severity_mark, status_mark
from govkb.site.record_fields import newest_first, text_of, type_label
from govkb.site.relation_groups import Relations, relations_of
from govkb.site.seals import SealedEntry, sealed_entries
from govkb.site.viewpoint import RecordLink, Viewpoint


class Progress(Struct, frozen=True):
    """How many of a record's tasks are done."""

    done: int
    total: int


class RecordView(Struct, frozen=True):
    """A record as its page shows it. `older` and `newer` are its neighbours in the type's index.

    `edit` and `raw` lead to the forge, where mkdocs.yml names one; `short_href` to the permanent
    address.
    """

    id: str
    title: str
    type_label: str
    type_plural: str
    type_href: str | None
    status: Mark | None
    severity: Mark | None
    summary: Markup | None
    banners: tuple[Banner, ...]
    key_facts: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    progress: Progress | None
    items: tuple[ItemGroup, ...]
    body: Markup
    relations: Relations
    neighbourhood: Neighbourhood | None
    older: RecordLink | None
    newer: RecordLink | None
    history: HistoryView | None
    sealed: tuple[SealedEntry, ...]
    path: str
    edit: str | None
    raw: str | None
    short_address: str | None
    short_href: str | None


class Beside(Struct, frozen=True):
    """The records next to one in its type's index."""

    older: Record | None = None
    newer: Record | None = None


def beside_each(records: Iterable[Record]) -> dict[str, Beside]:
    """The records of one type with what is next to them, by id."""
    order = newest_first(records)
    older, newer = (*order[1:], None), (None, *order)
    return {r.id: Beside(o, n) for r, o, n in zip(order, older, newer, strict=False)}


def record_view(
    record: Record,
    rendered: Rendered,
    neighbourhood: Neighbourhood | None,
    beside: Beside,
    view: Viewpoint,
) -> RecordView:
    """The view of one record."""
    summary = text_of(record, "summary")
    sources, short = view.background.sources, short_address(record)
    return RecordView(
        id=record.id,
        title=record.title,
        type_label=type_label(record),
        type_plural=record.type.plural if record.type else "Records",
        type_href=view.type_page(record.type) if record.type else None,
        status=status_mark(record),
        severity=severity_mark(record, view.base),
        summary=view.prose(summary, record) if summary else None,
        banners=banners_of(record, view),
        key_facts=key_facts_of(record, view),
        facts=facts_of(record, view),
        progress=_progress(record),
        items=item_groups(record, rendered.items, view),
        body=Markup(rendered.html),
        relations=relations_of(record, view),
        neighbourhood=neighbourhood,
        older=view.link(beside.older) if beside.older else None,
        newer=view.link(beside.newer) if beside.newer else None,
        history=history_view(record, view),
        sealed=sealed_entries(record, view),
        path=record.path,
        edit=sources.edit(record.path),
        raw=sources.raw(record.path),
        short_address=short,
        short_href=view.linker.addresses.below(view.linker.here, short) if short else None,
    )


def _progress(record: Record) -> Progress | None:
    tasks = tasks_of(record)
    return Progress(sum(bool(task.checked) for task in tasks), len(tasks)) if tasks else None
