"""How long what a record tells of lasted, by the fields between which its type counts time."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from govkb.counting import counted
from govkb.queries.days import day_of
from govkb.reading import Record


class Span(Struct, frozen=True):
    """From the first day to the last; `end` is today where it `is_open`."""

    start: date
    end: date
    is_open: bool

    @property
    def in_words(self) -> str:
        """The two days and how far they are apart."""
        days = (self.end - self.start).days
        length = counted(days, "day") if days else "within a day"
        if self.is_open:
            return f"since {self.start}, {length if days else 'today'}"
        return f"{self.start} to {self.end}, {length}" if days else f"{self.start}, {length}"


def span_of(record: Record, today: date) -> Span | None:
    """The span of a record; None where its type counts no time, or where no day is known."""
    if record.type is None or not record.type.derived:
        return None
    fields = {name for figure in record.type.derived for name in (figure.start, figure.end)}
    days = [day for name in fields if (day := day_of(record.effective.get(name))) is not None]
    filed = day_of(record.date)
    if not days and filed is None:
        return None
    start = min(days or [filed] if filed is not None else days)
    if record.is_done or start > today:
        return Span(start, max(days, default=start), is_open=False)
    return Span(start, today, is_open=True)
