"""What tables and the search know of a record: each of its properties as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from govkb.knowledge_base import KnowledgeBase
from govkb.queries.days import day_filed
from govkb.reading import Record
from govkb.site.addresses import record_uri, type_folder
from govkb.site.marks import Mark, severity_mark, status_mark
from govkb.site.record_fields import text_of, type_label


class Row(Struct, frozen=True):
    """A record as a row. `texts` has every property by name; `marks` those that have a shape.

    `uri` is that of its page, None where it has none; `folder` is where its type's pages are.
    """

    uri: str | None
    folder: str
    texts: Mapping[str, str]
    marks: Mapping[str, Mark]
    tags: tuple[str, ...]

    def values(self, name: str) -> tuple[str, ...]:
        """The values by which a reader can choose it."""
        if name == "tags":
            return self.tags
        text = self.texts.get(name, "")
        return (text,) if text else ()


def row_of(record: Record, base: KnowledgeBase, fields: Iterable[str] = ()) -> Row:
    """A record's row, with these fields beside what every row has."""
    marks = {"status": status_mark(record), "severity": severity_mark(record, base)}
    shown = {name: mark for name, mark in marks.items() if mark}
    date = day_filed(record) or ""
    return Row(
        uri=record_uri(record),
        folder=type_folder(record.type),
        texts={
            "id": record.id,
            "title": record.title,
            "type": type_label(record),
            "date": date,
            "year": date[:4],
            "owner": text_of(record, "owner") or "",
            "in": str(len(base.graph.incoming.get(record.id, ()))),
            "out": str(len(base.graph.outgoing.get(record.id, ()))),
            **{name: text_of(record, name) or "" for name in fields},
            **{name: mark.text for name, mark in shown.items()},
        },
        marks=shown,
        tags=_tags(record),
    )


def _tags(record: Record) -> tuple[str, ...]:
    tags = record.metadata.get("tags")
    found = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    return tuple(dict.fromkeys(filter(None, found)))
