"""What became of a record since it was written, as its page tells it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from govkb.history import RecordHistory, Revision, ValueChange
from govkb.reading import Record
from govkb.site.moments import in_words
from govkb.site.viewpoint import Viewpoint

_SHORT = 10
_MOST = 50


class Event(Struct, frozen=True):
    """Something that a commit did; `before` and `after` are values of the field, or None."""

    what: str
    before: str | None
    after: str | None
    moment: str
    day: str
    author: str
    commit: str


class HistoryView(Struct, frozen=True):
    """The events, the newest first. `left_out` are older ones that the page has no room for."""

    events: tuple[Event, ...]
    count: int
    left_out: int


def history_view(record: Record, view: Viewpoint) -> HistoryView | None:
    """The history of a record; None where git doesn't know it."""
    history = view.background.histories.get(record.path)
    if history is None:
        return None
    events = tuple(_events(record, history))
    shown = (*events[:_MOST], events[-1]) if len(events) > _MOST + 1 else events
    return HistoryView(shown, history.count, len(events) - len(shown))


def _events(record: Record, history: RecordHistory) -> Iterator[Event]:
    changes = [event for c in history.changes if (event := _change(record, c)) is not None]
    newest = changes[-1].commit if changes else history.created.commit
    if history.changed.commit[:_SHORT] != newest[:_SHORT]:
        yield _event("Last changed", history.changed)
    yield from reversed(changes)
    yield _event("Created", history.created)


def _change(record: Record, change: ValueChange) -> Event | None:
    """A change of what is meant: other words for the same status are none."""
    before = _meant(record, change.field, change.before)
    after = _meant(record, change.field, change.after)
    if before == after:
        return None
    return _event(change.field.capitalize(), change.at, before, after)


def _meant(record: Record, field: str, value: str | None) -> str | None:
    if record.type is None:
        return value
    if field == "status":
        written = value or record.type.statuses.initial
        return record.type.statuses.canonical(written) or value
    found = record.type.canonical_value(field, value)
    return found if isinstance(found, str) else value


def _event(
    what: str, revision: Revision, before: str | None = None, after: str | None = None
) -> Event:
    moment, commit = revision.moment, revision.commit[:_SHORT]
    return Event(what, before, after, moment, in_words(moment), revision.author, commit)
