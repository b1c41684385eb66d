"""Days and moments that records name, as pages write them, and how far they are from today."""

from __future__ import annotations

from datetime import date, datetime

from markupsafe import Markup, escape

from govkb.counting import counted
from govkb.queries.days import day_of, moment_of


def days_since(value: object, today: date) -> int | None:
    """How many days ago it was; None where nobody can say, or where it is still to come."""
    day = day_of(value)
    return (today - day).days if day is not None and day <= today else None


def ago(value: object, today: date) -> str:
    """How long ago it was; empty where nobody can say."""
    days = days_since(value, today)
    if days is None:
        return ""
    return f"{counted(days, 'day')} ago" if days else "today"


def in_words(text: str) -> str:
    """A moment to the minute, in the zone that it was written in; any other text as it is."""
    moment = moment_of(text)
    if not isinstance(moment, datetime):
        return text
    zone = moment.strftime("%z")
    named = "" if not zone else " UTC" if zone.strip("+-0") == "" else f" {zone[:3]}:{zone[3:5]}"
    return f"{moment:%Y-%m-%d %H:%M}{named}"


def time_element(text: str) -> Markup:
    """A day or moment as an element that the script can tell the age of."""
    moment, words = escape(text), escape(in_words(text))
    return Markup(f'<time class="govkb-date" datetime="{moment}" data-govkb-ago>{words}</time>')
