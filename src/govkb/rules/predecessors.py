"""Records that carry on what the one before them says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import SectionType
from govkb.rules.relations import edges

_RELATION = "previous"


def followings(base: KnowledgeBase) -> Iterator[tuple[Record, Record]]:
    """Each record with one that it names as its `previous`."""
    kind = base.catalogue.vocabulary.relations.get(_RELATION)
    if kind is not None:
        for edge in edges(base, kind):
            yield edge.source, edge.target


def sections_that(promise: str, record: Record) -> Iterator[SectionType]:
    """The declared sections of a record's type of which something is promised."""
    sections = record.type.sections.values() if record.type is not None else ()
    return (section for section in sections if getattr(section, promise))


def texts_of(record: Record, section: SectionType) -> bytes:
    """What stands in a section, without its heading; empty where it isn't there."""
    names = record.type.headings_of(section.name) if record.type is not None else frozenset()
    found = (s for s in record.outline.sections() if s.name.casefold() in names)
    data = record.source.data
    return b"".join(chain(data[s.heading.end : s.end] for s in found))
