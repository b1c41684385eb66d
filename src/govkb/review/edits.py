"""In which parts the file of a record has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govkb.reading import Record
from govkb.review.views import Edit, named


def edit_of(before: Record, after: Record) -> Edit | None:
    """The fields and sections that differ; None where the file is the same."""
    if before.source.data == after.source.data and before.metadata == after.metadata:
        return None
    fields = _differing(before.metadata, after.metadata)
    return Edit(named(after), fields, _differing(_sections(before), _sections(after)))


def _differing(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in {**then, **now} if then.get(name) != now.get(name))


def _sections(record: Record) -> dict[str, bytes]:
    """The text of each section by its name, without space around it."""
    data, outline = record.source.data, record.outline
    sections = list(outline.sections())
    first = sections[0].heading.start if sections else outline.end
    found = {"": data[outline.start : first].strip()}
    for section in sections:
        text = data[section.heading.end : section.end].strip()
        found[section.name] = found.get(section.name, b"") + text
    return found
