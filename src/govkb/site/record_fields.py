"""What the fields of records say, as pages show it."""

from __future__ import annotations

from collections.abc import Iterable

from govkb.queries.days import day_filed
from govkb.reading import Record


def text_of(record: Record, field: str) -> str | None:
    """A metadata field that is text, by its proper name where it has several; else None."""
    value = record.metadata.get(field)
    if record.type is not None:
        value = record.type.canonical_value(field, value)
    return value.strip() or None if isinstance(value, str) else None


def type_label(record: Record) -> str:
    """What a record of its type is called."""
    return record.type.label if record.type else "Record"


def aliases_of(record: Record) -> list[str]:
    """The other names that a record gives itself."""
    aliases = record.metadata.get("aliases")
    return [a for a in aliases if isinstance(a, str)] if isinstance(aliases, list) else []


def newest_first(records: Iterable[Record]) -> list[Record]:
    """Records by date, the newest first; those without one last; ids decide between equals."""
    by_id = sorted(records, key=lambda record: record.id)
    return sorted(by_id, key=lambda record: day_filed(record) or "", reverse=True)
