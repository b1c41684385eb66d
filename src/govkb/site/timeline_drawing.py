"""Draws spans of time as SVG: a row for each, days from left to right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape

from markupsafe import Markup
from msgspec import Struct

_WIDTH, _LABELS, _RIGHT = 760, 170, 16
_ROW, _TOP, _THICK = 22, 26, 10
_SHORTEST = 14
_MOST_TICKS = 12
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 12000)
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Bar(Struct, frozen=True):
    """A span with its name. `kind` names the colour and `shape` says the same without one."""

    label: str
    title: str
    href: str | None
    start: date
    end: date
    is_open: bool
    shape: str
    kind: str


class _Scale(Struct, frozen=True):
    first: date
    last: date

    def x(self, day: date) -> float:
        width = _WIDTH - _LABELS - _RIGHT
        return _LABELS + width * (day - self.first).days / max((self.last - self.first).days, 1)


def drawing(bars: Sequence[Bar]) -> Markup:
    """The picture of some spans, of which there is at least one, in the order given."""
    first = min(bar.start for bar in bars)
    # The calendar ends, and a record can name its last day.
    short = timedelta(days=min(_SHORTEST, (date.max - first).days))
    last = max(*(bar.end for bar in bars), first + short)
    scale = _Scale(first, last)
    height = _TOP + _ROW * len(bars) + 6
    parts = [
        f'<svg class="govkb-timeline" viewBox="0 0 {_WIDTH} {height}" role="group"'
        ' aria-label="Spans of time, a row for each record">',
        *_axis(scale, height),
        *(_row(bar, number, scale) for number, bar in enumerate(bars)),
        "</svg>",
    ]
    return Markup("".join(parts))


def _axis(scale: _Scale, height: int) -> Iterator[str]:
    for day, label in _ticks(scale.first, scale.last):
        x = scale.x(day)
        yield (
            f'<path class="govkb-tick" d="M{x:.1f} {_TOP - 4}V{height}"/>'
            f'<text class="govkb-tick-label" x="{x:.1f}" y="{_TOP - 10}">{label}</text>'
        )


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """The days to mark: the first of some months, or every week of a short time."""
    if (last - first).days < 7 * 7:
        weeks = range(0, max((last - first).days, 1), 7)
        days = [first + timedelta(days=number) for number in weeks]
        return [(day, f"{day.day} {_NAMES[day.month - 1]}") for day in days]
    begin = first.year * 12 + first.month - (first.day == 1)
    end = last.year * 12 + last.month - 1
    step = next(step for step in _STEPS if (end - begin) / step < _MOST_TICKS)
    months = [number for number in range(begin, end + 1) if number % step == 0]
    found = [date(number // 12, number % 12 + 1, 1) for number in months]
    return [(day, _month(day, step)) for day in found]


def _month(day: date, step: int) -> str:
    if step >= 12:
        return str(day.year)
    year = f" {day.year}" if day.month == 1 else ""
    return f"{_NAMES[day.month - 1]}{year}"


def _row(bar: Bar, number: int, scale: _Scale) -> str:
    y = _TOP + _ROW * number + _ROW / 2
    left, right = scale.x(bar.start), scale.x(bar.end)
    width = max(right - left, 3.0)
    point = ""
    if bar.is_open:
        tip = left + width
        point = f'<path d="M{tip:.1f} {y - 8:.1f}l9 8l-9 8z"/>'
    drawn = (
        f"<title>{escape(bar.title)}</title>"
        f'<rect class="govkb-row" x="0" y="{y - _ROW / 2:.1f}" width="{_WIDTH}" height="{_ROW}"/>'
        f'<text class="govkb-bar-label" x="0" y="{y + 4:.1f}">'
        f'<tspan class="govkb-{bar.kind}">{bar.shape}</tspan> {escape(_short(bar.label))}</text>'
        f'<g class="govkb-bar govkb-{bar.kind}">'
        f'<rect x="{left:.1f}" y="{y - _THICK / 2:.1f}" width="{width:.1f}" height="{_THICK}"'
        f' rx="2"/>{point}</g>'
    )
    if bar.href is None:
        return f"<g>{drawn}</g>"
    return f'<a href="{escape(bar.href)}">{drawn}</a>'


def _short(label: str) -> str:
    return label if len(label) <= 21 else f"{label[:20]}…"
