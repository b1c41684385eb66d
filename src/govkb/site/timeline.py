"""What happened when: every record that has a day, those that last drawn as spans.

A type whose records last says so by its derived figures (`Time to resolve: {from, to}`): a span
goes from the earliest of these fields to the latest. Few records share one page; many are split by
year, and a year that is too long for one page by month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise

from markupsafe import Markup
from msgspec import Struct

from govkb.counting import counted
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.days import day_filed, day_of
from govkb.reading import Record
from govkb.record_types import RecordType
from govkb.site.index_views import types_in_use
from govkb.site.marks import severity_mark
from govkb.site.spans import Span, span_of
from govkb.site.timeline_drawing import Bar, drawing
from govkb.site.viewpoint import RecordLink, Viewpoint

URI = "timeline.md"
_ON_A_PAGE = 400
_IN_A_MONTH = 500
_BARS = 40
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


class TimelineEntry(Struct, frozen=True):
    """A record on its day. `span` says how long it lasted, `gap` since when there had been none."""

    day: str
    link: RecordLink
    span: str
    gap: str


class TimelineMonth(Struct, frozen=True):
    """The records of a month, the newest first; `more` are not shown."""

    title: str
    anchor: str
    total: int
    entries: tuple[TimelineEntry, ...]
    more: int


class MonthCell(Struct, frozen=True):
    """How many records there are of a month, how many of them last, and where they are listed."""

    title: str
    count: int
    spans: int
    href: str


class YearRow(Struct, frozen=True):
    """A year with its twelve months; None for a month without records."""

    year: str
    months: tuple[MonthCell | None, ...]
    total: int


class Chapter(Struct, frozen=True):
    """A page of the timeline: a year, a month, or all there is. `period` is empty for all."""

    uri: str
    period: str
    title: str
    months: tuple[str, ...]


class TimelinePage(Struct, frozen=True):
    """What a page of the timeline shows. Only the first one has `years` and `gaps`."""

    title: str
    picture: Markup | None
    caption: str
    years: tuple[YearRow, ...]
    gaps: tuple[str, ...]
    months: tuple[TimelineMonth, ...]
    up: str | None
    older: tuple[str, str] | None
    newer: tuple[str, str] | None


class Timeline:
    """All records by month, and how they are split into pages."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        dated = [(day, r) for r in base.records_by_id.values() if (day := _day(r)) is not None]
        dated.sort(key=lambda pair: pair[1].id)
        dated.sort(key=lambda pair: pair[0], reverse=True)
        self.by_month: dict[str, list[tuple[date, Record]]] = {
            month: list(pairs)
            for month, pairs in groupby(dated, key=lambda pair: pair[0].isoformat()[:7])
        }
        self.spans = {r.id: s for _, r in dated if (s := span_of(r, base.today)) is not None}
        self.before = _before(dated, self.spans)
        self.chapters = tuple(_chapters({m: len(pairs) for m, pairs in self.by_month.items()}))

    def first_page(self, view: Viewpoint) -> TimelinePage:
        """The page that leads to all others, or that is the only one."""
        months = tuple(self.by_month) if not self.chapters else ()
        picture, caption = self._picture(tuple(self.by_month), view)
        return TimelinePage(
            title="Timeline",
            picture=picture,
            caption=caption,
            years=tuple(self._years(view)),
            gaps=tuple(self._gaps()),
            months=tuple(self._month(month, view) for month in months),
            up=None,
            older=None,
            newer=None,
        )

    def page(self, number: int, view: Viewpoint) -> TimelinePage:
        """The page of a chapter, by its place among them."""
        chapter = self.chapters[number]
        picture, caption = self._picture(chapter.months, view)
        return TimelinePage(
            title=f"Timeline of {chapter.title}",
            picture=picture,
            caption=caption,
            years=(),
            gaps=(),
            months=tuple(self._month(month, view) for month in chapter.months),
            up=view.page(URI),
            newer=self._beside(number - 1, view),
            older=self._beside(number + 1, view),
        )

    def _beside(self, number: int, view: Viewpoint) -> tuple[str, str] | None:
        if not 0 <= number < len(self.chapters):
            return None
        chapter = self.chapters[number]
        return chapter.title, view.page(chapter.uri)

    def _month(self, month: str, view: Viewpoint) -> TimelineMonth:
        found = self.by_month[month]
        entries = (self._entry(day, record, view) for day, record in found[:_IN_A_MONTH])
        more = max(0, len(found) - _IN_A_MONTH)
        return TimelineMonth(month_name(month), month, len(found), tuple(entries), more)

    def _entry(self, day: date, record: Record, view: Viewpoint) -> TimelineEntry:
        span, gap = self.spans.get(record.id), ""
        before = self.before.get(record.id)
        if before is not None:
            days = (day - before[0]).days
            gap = f"{counted(days, 'day')} after {before[1]}" if days else ""
        said = span.in_words if span is not None else ""
        return TimelineEntry(day.isoformat(), view.link(record), said, gap)

    def _years(self, view: Viewpoint) -> Iterator[YearRow]:
        places = {month: chapter.uri for chapter in self.chapters for month in chapter.months}
        addresses, here = view.linker.addresses, view.linker.here
        for year in dict.fromkeys(month[:4] for month in self.by_month):
            cells: list[MonthCell | None] = []
            for number in range(1, 13):
                month = f"{year}-{number:02}"
                found = self.by_month.get(month)
                if found is None:
                    cells.append(None)
                    continue
                spans = sum(record.id in self.spans for _, record in found)
                href = addresses.between(here, places.get(month, URI), month)
                cells.append(MonthCell(month_name(month), len(found), spans, href))
            total = sum(cell.count for cell in cells if cell is not None)
            yield YearRow(year, tuple(cells), total)

    def _gaps(self) -> Iterator[str]:
        """For each type whose records last: the longest time without one, and since the last."""
        for record_type in types_in_use(self.base):
            days = self._days_of(record_type)
            if not days:
                continue
            name = record_type.label.lower()
            since = (self.base.today - days[-1]).days
            ago = f"{counted(since, 'day')} before {self.base.today}"
            yield f"The last {name} began on {days[-1]}, {ago}."
            if len(days) > 1:
                start, end = max(pairwise(days), key=lambda ends: ends[1] - ends[0])
                length = counted((end - start).days, "day")
                yield f"The longest time between two was {length}, from {start} to {end}."

    def _days_of(self, record_type: RecordType) -> list[date]:
        """The days of the records that last, the earliest first."""
        if not record_type.derived:
            return []
        today = self.base.today
        days = (_day(record) for record in self.base.of_type(record_type.name))
        return sorted(day for day in days if day is not None and day <= today)

    def _picture(self, months: Sequence[str], view: Viewpoint) -> tuple[Markup | None, str]:
        found = [
            (self.spans[record.id], record)
            for month in months
            for _, record in self.by_month[month]
            if record.id in self.spans
        ]
        if not found:
            return None, ""
        shown = found
        until = f"an arrow means that it wasn't over on {self.base.today}"
        caption = f"From when each began until it was over; {until}."
        if len(found) > _BARS:
            ranked = sorted(found, key=lambda pair: _rank(pair[1], self.base))
            shown = sorted(ranked[:_BARS], key=lambda pair: pair[0].start, reverse=True)
            caption = f"The {_BARS} gravest of {len(found):,}. {caption}"
        return drawing([_bar(span, record, view) for span, record in shown]), caption


def has_timeline(base: KnowledgeBase) -> bool:
    """Whether any record has a day."""
    return any(_day(record) is not None for record in base.records_by_id.values())


def month_name(month: str) -> str:
    """`2026-04` in words."""
    return f"{_MONTHS[int(month[5:]) - 1]} {month[:4]}"


def _day(record: Record) -> date | None:
    return day_of(day_filed(record))


def _chapters(counts: Mapping[str, int]) -> Iterator[Chapter]:
    """The pages, the newest first; none where one page is enough."""
    if sum(counts.values()) <= _ON_A_PAGE:
        return
    for year, found in groupby(counts, key=lambda month: month[:4]):
        months = tuple(found)
        if sum(counts[month] for month in months) <= _ON_A_PAGE:
            yield Chapter(f"timeline/{year}.md", year, year, months)
        else:
            for month in months:
                yield Chapter(f"timeline/{month}.md", month, month_name(month), (month,))


def _before(
    dated: Iterable[tuple[date, Record]], spans: Mapping[str, Span]
) -> dict[str, tuple[date, str]]:
    """For each record that lasts the day and the id of the one of its type before it."""
    later: dict[str, str] = {}
    found: dict[str, tuple[date, str]] = {}
    for day, record in dated:
        if record.id in spans and record.type is not None:
            after = later.get(record.type.name)
            if after is not None:
                found[after] = day, record.id
            later[record.type.name] = record.id
    return found


def _rank(record: Record, base: KnowledgeBase) -> int:
    mark = severity_mark(record, base)
    return mark.rank if mark is not None else 99


def _bar(span: Span, record: Record, view: Viewpoint) -> Bar:
    mark = severity_mark(record, view.base)
    severity = f", {mark.text}" if mark is not None else ""
    return Bar(
        label=record.id,
        title=f"{record.id}{severity}: {record.title} ({span.in_words})",
        href=view.linker.to(record),
        start=span.start,
        end=span.end,
        is_open=span.is_open,
        shape=mark.shape if mark is not None else "○",
        kind=mark.kind if mark is not None else "severity-none",
    )
