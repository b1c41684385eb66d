"""What is open, over all types: records, days, items, tasks, unprobed changes, contradictions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from govkb.knowledge_base import KnowledgeBase
from govkb.queries.days import day_filed
from govkb.queries.deadlines import SOON, overdue, soon
from govkb.reading import Record
from govkb.record_types import Classification, RecordType
from govkb.site.cuts import Cut, cut
from govkb.site.deadlines import DeadlineView, deadline_view
from govkb.site.facts import in_words
from govkb.site.index_views import in_index_order, types_in_use
from govkb.site.item_views import ItemBoard, item_boards
from govkb.site.marks import severity_ranks
from govkb.site.moments import ago
from govkb.site.record_fields import newest_first, text_of
from govkb.site.tasks import TaskList, task_list
from govkb.site.viewpoint import RecordLink, Viewpoint

URI = "boards.md"
_ROWS = 20
_MOST = 100


class OpenRecord(Struct, frozen=True):
    """A record that isn't done.

    `age` says how long ago it was filed, empty where nobody knows, `rank` what orders its type.
    """

    link: RecordLink
    age: str
    rank: str


class OpenBoard(Struct, frozen=True):
    """The records of a type that aren't done, the worst and then the newest first.

    The type's index, at `href`, has them all. `rank` is what orders them, empty where none has it.
    """

    heading: str
    anchor: str
    records: Cut[OpenRecord]
    href: str
    rank: str
    has_severity: bool
    has_owner: bool


class Unprobed(Struct, frozen=True):
    """A change of how a record was judged that no look at the present state stands behind."""

    link: RecordLink
    field: str
    change: str
    at: str


class Contradiction(Struct, frozen=True):
    """Two records that contradict each other, and nobody has said which is right."""

    one: RecordLink
    other: RecordLink


class Boards(Struct, frozen=True):
    """All that is open. Tasks in records that are done were left behind there."""

    late: Cut[DeadlineView]
    soon: Cut[DeadlineView]
    open: tuple[OpenBoard, ...]
    items: tuple[ItemBoard, ...]
    tasks: Cut[TaskList]
    left: Cut[TaskList]
    unprobed: Cut[Unprobed]
    contradictions: Cut[Contradiction]
    as_of: str


def boards(view: Viewpoint) -> Boards:
    """The boards of a knowledge base."""
    base = view.base
    days = view.background.deadlines
    ranks = severity_ranks(base.catalogue)
    with_tasks = newest_first(view.background.with_open_tasks)
    with_tasks.sort(key=lambda r: ranks.get(text_of(r, "severity") or "", len(ranks)))
    waiting = [record for record in with_tasks if not record.is_done]
    left = [record for record in with_tasks if record.is_done]
    return Boards(
        late=cut(overdue(days, base.today), _MOST, lambda d: deadline_view(d, view)),
        soon=cut(soon(days, base.today, SOON), _MOST, lambda d: deadline_view(d, view)),
        open=tuple(_open_board(t, view) for t in types_in_use(base) if _has_open(t, base)),
        items=item_boards(view),
        tasks=cut(waiting, _MOST, lambda record: task_list(record, view)),
        left=cut(left, _ROWS, lambda record: task_list(record, view)),
        unprobed=cut(list(_unprobed(base)), _MOST, lambda found: _unprobed_view(found, view)),
        contradictions=cut(_contradictions(base), _MOST, lambda ends: _ends(ends, view)),
        as_of=base.today.isoformat(),
    )


def open_records(record_type: RecordType, base: KnowledgeBase) -> list[Record]:
    """The records of a type that aren't done, the worst first, else in the order of the index."""
    ranks = severity_ranks(base.catalogue)
    records = [record for record in in_index_order(record_type, base) if not record.is_done]
    return sorted(records, key=lambda r: ranks.get(text_of(r, "severity") or "", len(ranks)))


def anchor_of(record_type: RecordType) -> str:
    """Where the open records of a type stand on the page of the boards."""
    return f"open-{record_type.name}"


def _has_open(record_type: RecordType, base: KnowledgeBase) -> bool:
    """Whether a type says what its open records are called, and has some."""
    records = base.of_type(record_type.name)
    return record_type.presentation.open is not None and not all(r.is_done for r in records)


def _ranking(record_type: RecordType) -> str | None:
    """The field that orders a type's records, unless that is the severity, which has its mark."""
    order = record_type.presentation.order
    return order if order != "severity" else None


def _open_board(record_type: RecordType, view: Viewpoint) -> OpenBoard:
    heading = record_type.presentation.open or record_type.plural
    records = open_records(record_type, view.base)
    shown = cut(records, _ROWS, lambda record: _open_record(record, view))
    return OpenBoard(
        heading=heading,
        anchor=anchor_of(record_type),
        records=shown,
        href=view.type_page(record_type),
        rank=in_words(_ranking(record_type) or "") if any(r.rank for r in shown.shown) else "",
        has_severity=any(row.link.severity for row in shown.shown),
        has_owner=any(row.link.owner for row in shown.shown),
    )


def _open_record(record: Record, view: Viewpoint) -> OpenRecord:
    field = _ranking(record.type) if record.type else None
    rank = text_of(record, field) if field else None
    return OpenRecord(view.link(record), ago(day_filed(record), view.base.today), rank or "")


def _unprobed(base: KnowledgeBase) -> Iterator[tuple[Record, Classification, dict[str, object]]]:
    """Every change of a classification that must have a probe and has none."""
    for record in sorted(base.records_by_id.values(), key=lambda record: record.id):
        for of in record.type.classifications if record.type else ():
            steps = record.metadata.get(of.history) if of.needs_probe else None
            for step in steps if isinstance(steps, list) else ():
                # The first step of a history can be the filing, which changes nothing.
                is_change = isinstance(step, dict) and step.get("from")
                if is_change and not step.get("probe"):
                    yield record, of, step


def _unprobed_view(
    found: tuple[Record, Classification, dict[str, object]], view: Viewpoint
) -> Unprobed:
    record, of, step = found
    change = f"{step.get('from')} → {step.get('to')}"
    return Unprobed(view.link(record), in_words(of.field), change, str(step.get("at") or ""))


def _contradictions(base: KnowledgeBase) -> list[tuple[str, str]]:
    """The ends of every relation that has to be settled and isn't."""
    return sorted(
        (relation.source, relation.target)
        for relation in base.graph.relations
        if relation.kind is not None
        and relation.kind.settled_by is not None
        and not relation.qualifiers.get(relation.kind.settled_by)
        and base.is_in_force(relation)
    )


def _ends(ends: tuple[str, str], view: Viewpoint) -> Contradiction:
    one, other = (view.link(view.base.records_by_id[end]) for end in ends)
    return Contradiction(one, other)
