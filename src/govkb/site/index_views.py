"""The indexes that list the records of each type."""

from __future__ import annotations

from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RecordType
from govkb.site.addresses import type_uri
from govkb.site.record_fields import newest_first, text_of
from govkb.site.record_rows import row_of
from govkb.site.record_table import RecordTable

_WITH_MARKS = ("status", "severity")
ALL_URI = "all/index.md"


def types_in_use(base: KnowledgeBase) -> list[RecordType]:
    """The types that have records, in the order in which the site shows them."""
    found = [t for t in base.catalogue.types.values() if base.of_type(t.name)]
    return sorted(found, key=lambda t: (t.presentation.place, t.plural))


def type_table(record_type: RecordType, base: KnowledgeBase) -> RecordTable:
    """The table of a type's records, with the fields that have a vocabulary of their own."""
    fields = _vocabulary_fields(record_type)
    rows = [row_of(record, base, fields) for record in in_index_order(record_type, base)]
    return RecordTable.of(type_uri(record_type), rows, fields)


def whole_table(base: KnowledgeBase) -> RecordTable:
    """The table of all records, whatever their type."""
    rows = [row_of(record, base) for record in newest_first(base.records_by_id.values())]
    return RecordTable.of(ALL_URI, rows)


def in_index_order(record_type: RecordType, base: KnowledgeBase) -> list[Record]:
    """A type's records: the newest first, or in the order of the field that the type names."""
    records = newest_first(base.of_type(record_type.name))
    field = record_type.presentation.order
    if field is None:
        return records
    values = record_type.vocabulary_of(field)
    ranks = {value: rank for rank, value in enumerate(values)}
    return sorted(
        records,
        key=lambda r: (ranks.get(text_of(r, field) or "", len(ranks)), -_weight(r, base)),
    )


def _vocabulary_fields(record_type: RecordType) -> list[str]:
    names = [name for name in record_type.fields if name not in _WITH_MARKS]
    return [name for name in names if record_type.vocabulary_of(name)]


def _weight(record: Record, base: KnowledgeBase) -> int:
    """How many relations a record declares of the kind that its type counts."""
    wanted = record.type.presentation.weight if record.type else None
    kinds = (relation.kind for relation in base.graph.outgoing.get(record.id, ()))
    return sum(kind is not None and kind.name == wanted for kind in kinds)
