"""What pages about many records show of the text of each, found in one look at it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from msgspec import Struct

from govkb.history import Answer, Learning, answers_in, learnings_in
from govkb.reading import Record
from govkb.reading.items import items_of
from govkb.reading.tasks import has_open_tasks


class Excerpt(Struct, frozen=True):
    """What one record contributes to pages about many.

    `digest` stands for all else that the record alone says: its metadata, its headings and its
    items. It is the same before and after a change of mere prose.
    """

    learnings: tuple[Learning, ...]
    answers: tuple[Answer, ...]
    has_open_tasks: bool
    digest: bytes


def excerpt_of(record: Record) -> Excerpt:
    """The excerpt of a record, whose text is let go of."""
    said = repr(list(_without_prose(record))).encode()
    learnings, answers = tuple(learnings_in(record)), answers_in(record)
    excerpt = Excerpt(learnings, answers, has_open_tasks(record), hashlib.sha256(said).digest())
    record.text.release()
    return excerpt


def _without_prose(record: Record) -> Iterator[object]:
    """All that a record says but its text, and where in the text anything stands."""
    yield record.path, record.place, record.id, record.type and record.type.name
    yield record.metadata, record.inherited, record.tokens, record.sidecar, record.has_own_id
    outline = record.outline
    yield outline.has_text, [(h.level, h.text, h.has_text) for h in outline.headings]
    for item in items_of(record):
        values = [(name, value.text) for name, value in item.values.items()]
        states = (item.state, item.checked, item.written_state)
        yield item.kind.kind, item.name, item.text, states, values, item.path
