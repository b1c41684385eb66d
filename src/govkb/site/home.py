"""The first page: what is going on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup
from msgspec import Struct

from govkb.queries.deadlines import overdue
from govkb.reading import Record
from govkb.record_types import RecordType
from govkb.site.boards import URI as BOARDS_URI
from govkb.site.boards import anchor_of, open_records
from govkb.site.cuts import Cut, cut
from govkb.site.deadlines import DeadlineView, deadline_view
from govkb.site.index_views import ALL_URI, types_in_use
from govkb.site.lately import Happening, lately
from govkb.site.learnings import LearningView, learning_view
from govkb.site.marks import Mark, severity_mark
from govkb.site.trend import trend
from govkb.site.viewpoint import RecordLink, Viewpoint

_SHORT = 5


class Tile(Struct, frozen=True):
    """How many records of a type there are, and what there is to say about those not done.

    Where any text is a status nobody can tell, and the note is empty. `trend` is a picture of the
    last twelve months, None where nothing was filed.
    """

    label: str
    href: str
    total: int
    note: str
    trend: Markup | None


class OpenList(Struct, frozen=True):
    """The records of a type that are not done, the most pressing first; `more` are on the boards.

    `severities` says how many there are of each, the worst first.
    """

    heading: str
    href: str
    severities: tuple[tuple[Mark, int], ...]
    records: tuple[RecordLink, ...]
    more: int


class Home(Struct, frozen=True):
    """What is going on."""

    tiles: tuple[Tile, ...]
    open_lists: tuple[OpenList, ...]
    late: Cut[DeadlineView]
    learnings: tuple[LearningView, ...]
    learnings_href: str
    total: int
    all_href: str
    as_of: str
    boards_href: str
    lately: tuple[Happening, ...]


def home(view: Viewpoint, learnings_uri: str) -> Home:
    """The home page."""
    base = view.base
    types = types_in_use(base)
    late = overdue(view.background.deadlines, base.today)
    return Home(
        tiles=tuple(_tile(t, view) for t in types),
        open_lists=tuple(o for t in types if (o := _open_list(t, view)) is not None),
        late=cut(late, _SHORT, lambda deadline: deadline_view(deadline, view)),
        learnings=tuple(learning_view(found, view) for found in view.background.learnings[:_SHORT]),
        learnings_href=view.page(learnings_uri),
        total=len(base.records_by_id),
        all_href=view.page(ALL_URI),
        as_of=base.today.isoformat(),
        boards_href=view.page(BOARDS_URI),
        lately=lately(view),
    )


def _tile(record_type: RecordType, view: Viewpoint) -> Tile:
    records = view.base.of_type(record_type.name)
    href = view.type_page(record_type)
    note = "" if record_type.statuses.is_free else _what_is_open(records)
    picture = trend(records, view.base.today)
    return Tile(record_type.plural, href, len(records), note, picture)


def _what_is_open(records: Iterable[Record]) -> str:
    """How many records aren't done, by the name of their status where they share one."""
    statuses = [record.status for record in records if not record.is_done]
    if not statuses:
        return "none open"
    name = statuses[0] if len(set(statuses)) == 1 else "open"
    return f"{len(statuses)} {name}"


def _open_list(record_type: RecordType, view: Viewpoint) -> OpenList | None:
    heading = record_type.presentation.open
    records = open_records(record_type, view.base) if heading is not None else []
    if heading is None or not records:
        return None
    shown = view.links(records[:_SHORT])
    return OpenList(
        heading=heading,
        href=f"{view.page(BOARDS_URI)}#{anchor_of(record_type)}",
        severities=_severities(records, view),
        records=shown,
        more=len(records) - len(shown),
    )


def _severities(records: Iterable[Record], view: Viewpoint) -> tuple[tuple[Mark, int], ...]:
    marks = (severity_mark(record, view.base) for record in records)
    counts = Counter(mark for mark in marks if mark is not None)
    return tuple(sorted(counts.items(), key=lambda found: (found[0].rank, found[0].text)))
