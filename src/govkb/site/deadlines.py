"""Deadlines as pages show them."""

from __future__ import annotations

from msgspec import Struct

from govkb.counting import counted
from govkb.queries.deadlines import Deadline
from govkb.site.facts import in_words
from govkb.site.viewpoint import RecordLink, Viewpoint


class DeadlineView(Struct, frozen=True):
    """A deadline as pages show it; `distance` says how far off or how late it is."""

    link: RecordLink
    label: str
    day: str
    distance: str


def deadline_view(deadline: Deadline, view: Viewpoint) -> DeadlineView:
    """A deadline as a page shows it."""
    days = (deadline.day - view.base.today).days
    distance = f"in {counted(days, 'day')}" if days > 0 else "today"
    if days < 0:
        distance = f"{counted(-days, 'day')} late"
    day = deadline.day.isoformat()
    return DeadlineView(view.link(deadline.record), label_of(deadline), day, distance)


def label_of(deadline: Deadline) -> str:
    """What sets a day, in words; the short name of an item stays as it is."""
    name, colon, said = deadline.field.rpartition(": ")
    return f"{name}{colon}{in_words(said).lower()}" if colon else in_words(said)
