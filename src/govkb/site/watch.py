"""What to watch for: mistakes that came back, and what stands in their way.

The types that are shown here order their index by a field with a vocabulary, from the weakest
barrier to the strongest, and count recurrence by a relation (`site: {order, weight}`).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from govkb.counting import counted
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RecordType
from govkb.site.facts import in_words
from govkb.site.index_views import types_in_use
from govkb.site.record_fields import newest_first, text_of
from govkb.site.viewpoint import RecordLink, Viewpoint

_LAST = 3
_MOST = 200


class Watched(Struct, frozen=True):
    """A mistake with where it happened, the newest first; `more` of these are not shown.

    `barrier` is empty where nobody has said what stands in its way.
    """

    link: RecordLink
    summary: str | None
    times: str
    barrier: str
    instances: tuple[RecordLink, ...]
    more: int


class WatchGroup(Struct, frozen=True):
    """Mistakes that are alike in what is to be done about them; `more` are not shown."""

    heading: str
    anchor: str
    advice: str
    watched: tuple[Watched, ...]
    more: int


class WatchRow(Struct, frozen=True):
    """How many mistakes there are behind a barrier, by how often they happened."""

    barrier: str
    counts: tuple[int, ...]


class WatchList(Struct, frozen=True):
    """All that is to be watched for. `label` names the field that says what the barrier is."""

    title: str
    purpose: str
    label: str
    columns: tuple[str, ...]
    rows: tuple[WatchRow, ...]
    groups: tuple[WatchGroup, ...]
    href: str


class _Case(Struct, frozen=True):
    """A mistake with the records in which it happened, and the place of its barrier."""

    record: Record
    instances: tuple[Record, ...]
    rank: int

    @property
    def came_back(self) -> bool:
        return len(self.instances) > 1


def watched_types(base: KnowledgeBase) -> list[RecordType]:
    """The types whose records are mistakes that come back, among those that have records."""
    return [t for t in types_in_use(base) if t.presentation.order and t.presentation.weight]


def watch_list(record_type: RecordType, view: Viewpoint) -> WatchList:
    """What to watch for among the records of a type."""
    field = record_type.presentation.order or ""
    barriers = record_type.vocabulary_of(field)
    cases = sorted(_cases(record_type, barriers, view.base), key=_urgency)
    return WatchList(
        title=record_type.presentation.open or record_type.plural,
        purpose=record_type.purpose,
        label=in_words(field),
        columns=("once at most", "twice", "three times or more"),
        rows=tuple(_row(barrier, rank, cases) for rank, barrier in enumerate(barriers)),
        groups=_groups(cases, view),
        href=view.type_page(record_type),
    )


def _cases(record_type: RecordType, barriers: Sequence[str], base: KnowledgeBase) -> list[_Case]:
    """Those that aren't done. One that says nothing of its barrier counts as having the weakest."""
    field, weight = record_type.presentation.order or "", record_type.presentation.weight
    ranks = {barrier: rank for rank, barrier in enumerate(barriers)}
    cases = []
    for record in base.of_type(record_type.name):
        if not record.is_done:
            edges = base.graph.outgoing.get(record.id, ())
            targets = {e.target for e in edges if e.kind is not None and e.kind.name == weight}
            instances = newest_first(base.records_by_id[target] for target in targets)
            rank = ranks.get(text_of(record, field) or "", 0)
            cases.append(_Case(record, tuple(instances), rank))
    return cases


def _urgency(case: _Case) -> tuple[bool, int, int, str]:
    return not case.came_back, case.rank, -len(case.instances), case.record.id


def _groups(cases: list[_Case], view: Viewpoint) -> tuple[WatchGroup, ...]:
    back = [case for case in cases if case.came_back]
    parts = (
        (
            "Came back, and nothing stops it",
            "Nothing but memory keeps these from happening again. Build a barrier.",
            [case for case in back if case.rank == 0],
        ),
        (
            "Came back in spite of a barrier",
            "The weakest barrier first: it may have to become a stronger one.",
            [case for case in back if case.rank > 0],
        ),
        (
            "Seen once at most",
            "The weakest barrier first.",
            [case for case in cases if not case.came_back],
        ),
    )
    return tuple(
        WatchGroup(
            heading=heading,
            anchor=heading.lower().replace(",", "").replace(" ", "-"),
            advice=advice,
            watched=tuple(_watched(case, view) for case in found[:_MOST]),
            more=max(0, len(found) - _MOST),
        )
        for heading, advice, found in parts
        if found
    )


def _watched(case: _Case, view: Viewpoint) -> Watched:
    field = case.record.type.presentation.order if case.record.type else None
    number = len(case.instances)
    return Watched(
        link=view.link(case.record),
        summary=text_of(case.record, "summary"),
        times=counted(number, "time") if number else "not counted yet",
        barrier=text_of(case.record, field or "") or "",
        instances=view.links(case.instances[:_LAST]),
        more=max(0, number - _LAST),
    )


def _row(barrier: str, rank: int, cases: list[_Case]) -> WatchRow:
    numbers = [len(case.instances) for case in cases if case.rank == rank]
    often = sum(number > 2 for number in numbers)
    twice = numbers.count(2)
    return WatchRow(barrier, (len(numbers) - often - twice, twice, often))
