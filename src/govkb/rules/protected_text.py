"""The parts of a record that no repair may touch."""

from __future__ import annotations

from govkb.reading import Record
from govkb.rules.sections import declared_sections


def append_only_parts(record: Record) -> tuple[tuple[int, int], ...]:
    """Where the append-only sections of a record stand, from their headings to their ends."""
    if record.type is None or not record.type.append_only_sections:
        return ()
    if record.type.append_only_body:
        return ((record.body_start, record.outline.end),)
    return tuple(
        (found.heading.start, found.end)
        for section, found in declared_sections(record)
        if section.append_only
    )


def reason_to_leave(record: Record, start: int, end: int) -> str | None:
    """Why the text between two byte offsets may not be changed; None where it may."""
    if is_in(append_only_parts(record), start, end):
        return "what stands in an append-only section is never changed"
    frozen = record.type.frozen_statuses if record.type is not None else ()
    if frozen and end > record.body_start and record.status in frozen:
        return f"the body of a record that is {record.status} is never changed"
    return None


def is_in(parts: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    """Whether any part has something of the stretch from `start` to `end`."""
    return any(first < end and start < last for first, last in parts)
