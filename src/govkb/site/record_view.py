"""A record's page: all that its template may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from govkb.graph import Relation
from govkb.history import entries_of
from govkb.reading import Record
from govkb.site.answers import answered, link_to, shortened
from govkb.site.facts import facts_of
from govkb.site.markdown_writer import Rendered
from govkb.site.marks import NO_LONGER_IN_FORCE, Mark, severity_mark, status_mark
from govkb.site.relation_groups import Relations, relations_of
from govkb.site.viewpoint import RecordLink, Viewpoint, newest_first, text_of

_SUPERSEDING = ("supersedes", "temporarily_supersedes")


@dataclass(frozen=True, slots=True)
class Banner:
    """A sentence that must be read before the record is believed."""

    kind: str
    text: str
    links: tuple[RecordLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a record's tasks are done."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as its page shows it. `older` and `newer` are its neighbours in the type's index."""

    id: str
    title: str
    type_label: str
    type_plural: str
    type_href: str | None
    status: Mark | None
    severity: Mark | None
    date: str | None
    summary: Markup | None
    banners: tuple[Banner, ...]
    facts: tuple[tuple[str, Markup], ...]
    progress: Progress | None
    body: Markup
    relations: Relations
    picture: Markup | None
    older: RecordLink | None
    newer: RecordLink | None
    path: str


@dataclass(frozen=True, slots=True)
class Beside:
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
    picture: Markup | None,
    beside: Beside,
    view: Viewpoint,
) -> RecordView:
    """The view of one record; `picture` is its neighbourhood."""
    summary = text_of(record, "summary")
    return RecordView(
        id=record.id,
        title=record.title,
        type_label=record.type.label if record.type else "Record",
        type_plural=record.type.plural if record.type else "Records",
        type_href=view.type_page(record.type) if record.type else None,
        status=status_mark(record),
        severity=severity_mark(record, view.base),
        date=record.date,
        summary=view.prose(summary, record) if summary else None,
        banners=tuple(_banners(record, view)),
        facts=facts_of(record, view),
        progress=_progress(record),
        body=Markup(rendered.html),
        relations=relations_of(record, view),
        picture=picture,
        older=view.link(beside.older) if beside.older else None,
        newer=view.link(beside.newer) if beside.newer else None,
        path=record.path,
    )


def _banners(record: Record, view: Viewpoint) -> Iterator[Banner]:
    incoming = view.base.graph.incoming.get(record.id, ())
    arriving = tuple(r for r in incoming if view.base.is_in_force(r))
    lasting = tuple(r for r in arriving if "until" not in r.qualifiers)
    for relation in arriving:
        if relation not in lasting and relation.kind and relation.kind.name in _SUPERSEDING:
            yield _for_a_time(relation, view)
    superseding = _sources(lasting, "supersedes", view)
    if superseding:
        yield Banner("warning", "This record is superseded. Read instead:", superseding)
    elif record.status in NO_LONGER_IN_FORCE:
        yield Banner("warning", f"This record is {record.status}; it is no longer in force.")
    contradicting = _sources(arriving, "contradicts", view)
    if contradicting:
        yield Banner("warning", "This record is contradicted by:", contradicting)
    yield from _answered(record, view)


def _answered(record: Record, view: Viewpoint) -> Iterator[Banner]:
    """Which entries of the record later ones answer."""
    if not view.answers or record.type is None:
        return
    for name in record.type.append_only_sections:
        for entry in entries_of(record, name):
            for answer in view.answers:
                if entry.digest.startswith(answer.digits):
                    text = f"{answered(answer)}: “{shortened(entry.text)}” Read also:"
                    yield Banner("warning", text, (link_to(answer, view),))


def _for_a_time(relation: Relation, view: Viewpoint) -> Banner:
    """What holds instead of something in this record, for what and until when."""
    said = relation.qualifiers
    scope = f" for {said['scope']}" if "scope" in said else ""
    text = f"Superseded{scope} until {said['until']}. Read instead:"
    return Banner("warning", text, view.links([view.base.records_by_id[relation.source]]))


def _sources(relations: tuple[Relation, ...], kind: str, view: Viewpoint) -> tuple[RecordLink, ...]:
    found = [r.source for r in relations if r.kind is not None and r.kind.name == kind]
    return view.links(view.base.records_by_id[source] for source in sorted(found))


def _progress(record: Record) -> Progress | None:
    tasks = [block.checked for block in record.body.blocks if block.checked is not None]
    return Progress(sum(tasks), len(tasks)) if tasks else None
