"""Learnings as pages show them."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup
from msgspec import Struct

from govkb.history import Learning
from govkb.site.answers import answered, link_to
from govkb.site.rendering import entry_anchor, render_text
from govkb.site.viewpoint import RecordLink, Viewpoint


class LearningView(Struct, frozen=True):
    """A learning as pages show it, with the link to its place in its record.

    `answers` say how later entries answer it, each with the link to that entry.
    """

    anchor: str
    html: Markup
    source: RecordLink
    answers: tuple[tuple[str, RecordLink], ...] = ()


class LearningDay(Struct, frozen=True):
    """What was learned on one day."""

    day: str
    learnings: tuple[LearningView, ...]


def learning_days(learnings: Iterable[Learning], view: Viewpoint) -> tuple[LearningDay, ...]:
    """Learnings grouped by day, in the order given."""
    days: dict[str, list[LearningView]] = {}
    for learning in learnings:
        days.setdefault(learning.day, []).append(learning_view(learning, view))
    return tuple(LearningDay(day or "Undated", tuple(found)) for day, found in days.items())


def learning_view(learning: Learning, view: Viewpoint) -> LearningView:
    """A learning as a page shows it."""
    anchor = entry_anchor(learning.entry)
    html = render_text(learning.markdown, learning.record, view.linker)
    answers = tuple(
        (answered(answer), link_to(answer, view))
        for answer in view.background.answers
        if learning.entry.digest.startswith(answer.digits)
    )
    return LearningView(anchor, Markup(html), view.link(learning.record, anchor), answers)
