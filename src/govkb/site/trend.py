"""How many records came in each of the last twelve months, as a picture the size of a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from govkb.counting import counted
from govkb.queries.days import day_filed
from govkb.reading import Record

_MONTHS = 12
_WIDTH, _HEIGHT, _STEP = 70, 16, 6


def trend(records: Iterable[Record], today: date) -> Markup | None:
    """The picture; None where nothing came in these months."""
    found = Counter((day_filed(record) or "")[:7] for record in records)
    months = [found[month] for month in last_months(today)]
    most = max(months)
    if not most:
        return None
    bars = "".join(
        f'<rect x="{number * _STEP}" y="{_HEIGHT - height}" width="4" height="{height}"/>'
        for number, count in enumerate(months)
        if (height := _height(count, most))
    )
    words = f"{counted(sum(months), 'record')} in twelve months, {months[-1]} this month"
    line = f'<path d="M0 {_HEIGHT - 0.5}H{_WIDTH}"/>'
    return Markup(
        f'<svg class="govkb-trend" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        f' aria-label="{words}"><title>{words}</title>{line}{bars}</svg>'
    )


def last_months(today: date) -> list[str]:
    """The last twelve months, `2026-04`, the present one last."""
    now = today.year * 12 + today.month - 1
    numbers = range(max(now - _MONTHS + 1, 12), now + 1)
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]


def _height(count: int, most: int) -> int:
    """In whole pixels; what is there at all can be seen."""
    return max(2, round(_HEIGHT * count / most)) if count else 0
