"""The pages that list records: home and one index for each type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RecordType
from govkb.site.addresses import type_uri
from govkb.site.learnings import LearningView, learning_view, learnings_of
from govkb.site.marks import severity_ranks
from govkb.site.record_rows import row_of
from govkb.site.record_table import RecordTable
from govkb.site.viewpoint import RecordLink, Viewpoint, newest_first, text_of

_SHORT = 5
_RECENT = 8
_WITH_MARKS = ("status", "severity")
ALL_URI = "all/index.md"


@dataclass(frozen=True, slots=True)
class Tile:
    """How many records of a type there are, and what there is to say about those not done.

    Where any text is a status nobody can tell, and the note is empty.
    """

    label: str
    href: str
    total: int
    note: str


@dataclass(frozen=True, slots=True)
class OpenList:
    """The records of a type that are not done, the most pressing first; `more` are not shown."""

    heading: str
    href: str
    records: tuple[RecordLink, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Home:
    """What is going on."""

    tiles: tuple[Tile, ...]
    open_lists: tuple[OpenList, ...]
    learnings: tuple[LearningView, ...]
    learnings_href: str
    total: int
    all_href: str
    recent: tuple[RecordLink, ...]


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


def home(view: Viewpoint, learnings_uri: str) -> Home:
    """The home page."""
    base = view.base
    types = types_in_use(base)
    return Home(
        tiles=tuple(_tile(t, view) for t in types),
        open_lists=tuple(o for t in types if (o := _open_list(t, view)) is not None),
        learnings=tuple(learning_view(found, view) for found in learnings_of(base)[:_SHORT]),
        learnings_href=view.page(learnings_uri),
        total=len(base.records_by_id),
        all_href=view.page(ALL_URI),
        recent=view.links(newest_first(base.records_by_id.values())[:_RECENT]),
    )


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


def _tile(record_type: RecordType, view: Viewpoint) -> Tile:
    records = view.base.of_type(record_type.name)
    href = view.type_page(record_type)
    note = "" if record_type.statuses.is_free else _what_is_open(records)
    return Tile(record_type.plural, href, len(records), note)


def _what_is_open(records: Iterable[Record]) -> str:
    """How many records aren't done, by the name of their status where they share one."""
    statuses = [record.status for record in records if not record.is_done]
    if not statuses:
        return "none open"
    name = statuses[0] if len(set(statuses)) == 1 else "open"
    return f"{len(statuses)} {name}"


def _open_list(record_type: RecordType, view: Viewpoint) -> OpenList | None:
    heading = record_type.presentation.open
    records = [r for r in in_index_order(record_type, view.base) if not r.is_done]
    if heading is None or not records:
        return None
    ranks = severity_ranks(view.base.catalogue)
    records.sort(key=lambda r: ranks.get(text_of(r, "severity") or "", len(ranks)))
    shown = view.links(records[:_SHORT])
    return OpenList(heading, view.type_page(record_type), shown, len(records) - len(shown))


def _weight(record: Record, base: KnowledgeBase) -> int:
    """How many relations a record declares of the kind that its type counts."""
    wanted = record.type.presentation.weight if record.type else None
    kinds = (relation.kind for relation in base.graph.outgoing.get(record.id, ()))
    return sum(kind is not None and kind.name == wanted for kind in kinds)
