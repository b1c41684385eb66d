"""The parts of a record that no repair may touch."""

from __future__ import annotations

from govkb.reading import Record
from govkb.rules.sections import declared_sections


def append_only_parts(record: Record) -> tuple[tuple[int, int], ...]:
    """Where the append-only sections of a record stand, from their headings to their ends."""
    if record.type is None or not record.type.append_only_sections:
        return ()
    return tuple(
        (found.heading.start, found.end)
        for section, found in declared_sections(record)
        if section.append_only
    )


def is_in(parts: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    """Whether any part has something of the stretch from `start` to `end`."""
    return any(first < end and start < last for first, last in parts)
