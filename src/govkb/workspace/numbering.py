"""Drafts get the ids that are free when they land."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from govkb.errors import UsageError
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.scaffolding import allocate
from govkb.workspace.creating import names_in_use


def drafts(base: KnowledgeBase) -> Iterator[Record]:
    """The records whose ids only stand in for one with a number, sorted by path."""
    for record in base.records:
        if record.type is not None and record.type.is_draft(record.id):
            yield record


def number_of(base: KnowledgeBase, record: Record, today: date) -> str:
    """The next free id for a draft, of the day that it is filed under.

    Raises UsageError where the record is no draft.
    """
    if record.type is None or not record.type.is_draft(record.id):
        raise UsageError(f"{record.id} has its number already", "`govkb move` gives it another id")
    day = _day(record) or today
    taken, foreign = names_in_use(base, record.type)
    return allocate(record.type, record.title, day, taken, foreign).id


def _day(record: Record) -> date | None:
    """The day of its `date`, or of when that began which is judged in it."""
    judged = record.type.classifications if record.type is not None else ()
    values = (record.metadata.get(name) for name in ("date", *(of.filed or "" for of in judged)))
    text = next((value[:10] for value in values if isinstance(value, str) and value), "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
