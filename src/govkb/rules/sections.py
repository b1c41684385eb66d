"""The sections of a record as its type means them: by name or alias, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkb.reading import Record
from govkb.reading.outline import OutlineSection
from govkb.record_types import RecordType, SectionType


def section_of(record: Record, section: SectionType) -> OutlineSection | None:
    """The section of a record that goes by one of a declared section's names."""
    if record.type is None or not record.outline.headings:
        return None
    for parent in _parents(record.type, section):
        for name in (section.name, *section.aliases):
            found = record.outline.section(name, parent)
            if found is not None:
                return found
    return None


def declared_sections(record: Record) -> Iterator[tuple[SectionType, OutlineSection]]:
    """Every section of a record that its type declares, in the order in which they stand."""
    if record.type is None:
        return
    declared = record.type.headings
    for section in record.outline.sections():
        of = declared.get((None, section.name.casefold()))
        if of is not None:
            yield of, section
            for inner in record.outline.subsections(section):
                within = declared.get((of.name, inner.name.casefold()))
                if within is not None:
                    yield within, inner


def is_required(record: Record, section: SectionType) -> bool:
    """Whether this record must have a section.

    One within another is required only where that one is there. Where it depends on a field, a
    record without the field counts as having its default, else the first value of its vocabulary.
    """
    if section.required:
        return True
    return any(_has_value(record, field, values) for field, values in section.required_for.items())


def extent(record: Record, section: OutlineSection) -> tuple[int, int]:
    """Where the text of a section's heading stands, without its line end."""
    heading = section.heading
    return heading.start, heading.start + len(
        record.source.data[heading.start : heading.end].rstrip()
    )


def _parents(record_type: RecordType, section: SectionType) -> tuple[str | None, ...]:
    if section.within is None:
        return (None,)
    return (section.within, *record_type.sections[section.within].aliases)


def _has_value(record: Record, field: str, values: tuple[str, ...]) -> bool:
    value = _value(record, field)
    return any(v in values for v in value) if isinstance(value, list) else value in values


def _value(record: Record, field: str) -> Any:
    record_type = record.type
    assert record_type is not None
    written = record.effective.get(field, record_type.defaults.get(field))
    if written is None or written == "":
        return next(iter(record_type.vocabulary_of(field)), None)
    return record_type.canonical_value(field, written)
