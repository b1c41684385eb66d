"""What a record says in a field, as somebody who asks for the field means it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from govkb.errors import UsageError
from govkb.queries.days import day_filed
from govkb.reading import Record
from govkb.record_types import RecordType, TypeCatalogue
from govkb.record_types.likeness import nearest

# What every record has, whatever its frontmatter says.
_OWN = ("id", "type", "status", "date", "title", "path")


def value_of(record: Record, field: str) -> Any:
    """The value of a field, `source.brief` for one deeper down; None where there is none.

    It is the value in force, under its own name where it has several.
    """
    if field in _OWN:
        return _own(record, field)
    first, *rest = field.split(".")
    defaults = record.type.defaults if record.type is not None else {}
    value: Any = record.effective.get(first, defaults.get(first))
    if record.type is not None:
        value = record.type.canonical_value(first, value)
    for key in rest:
        value = _inner(value, key)
    return None if value in ("", [], {}) else value


def texts_of(record: Record, field: str) -> list[str]:
    """Everything that a field says, each as text: the items of a list, the record of a relation."""
    return list(_texts(value_of(record, field)))


def refuse_unknown_fields(
    fields: Iterable[str], records: Iterable[Record], catalogue: TypeCatalogue
) -> None:
    """Raises UsageError for a field that no type declares and no record has."""
    known = {*_OWN, *catalogue.vocabulary.fields}
    for of in catalogue.types.values():
        known |= {*of.fields, *of.relations, *of.inverses}
    unknown = [field for field in fields if field.partition(".")[0] not in known]
    if unknown:
        known |= {str(name) for record in records for name in record.effective}
    for field in unknown:
        first = field.partition(".")[0]
        if first not in known:
            near = nearest(first, sorted(known))
            hint = f"did you mean {near!r}?" if near else "`govkb types TYPE` lists those of a type"
            raise UsageError(f"no record has a field {first!r}", hint)


def rank_of(record_type: RecordType | None, field: str, value: Any) -> int | None:
    """The place of a value in the vocabulary of its field; None where it has none."""
    if record_type is None or not isinstance(value, str):
        return None
    names = record_type.statuses.names if field == "status" else ()
    names = names or _vocabulary(record_type, field)
    return names.index(value) if value in names else None


def _own(record: Record, field: str) -> str | None:
    own: Mapping[str, str | None] = {
        "id": record.id or record.stem,
        "type": record.type.name if record.type else None,
        "status": record.status,
        "date": day_filed(record),
        "title": record.title,
        "path": record.path,
    }
    return own[field] or None


def _inner(value: Any, key: str) -> Any:
    """What a mapping says under a key; of a list what each of its items says there."""
    if isinstance(value, list):
        found = [inner for item in value if (inner := _inner(item, key)) is not None]
        return found or None
    return value.get(key) if isinstance(value, dict) else None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from _texts(value["ref"] if "ref" in value else list(value.values()))
    elif isinstance(value, bool):
        yield str(value).lower()
    elif value is not None:
        yield str(value)


def _vocabulary(record_type: RecordType, field: str) -> tuple[str, ...]:
    return record_type.vocabulary_of(field) if field in record_type.schema["properties"] else ()
