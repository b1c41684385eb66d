"""The graph as the script of its page reads it: columns, so that 10,000 records stay small."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from govkb.graph.layout import Point
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.days import day_filed
from govkb.reading import Record
from govkb.site.addresses import record_uri
from govkb.site.drawing import colour_of, corners_of
from govkb.site.marks import Mark, status_mark
from govkb.site.viewpoint import Viewpoint

MENTIONS = "Mentions"
WITHOUT_TYPE = "Without a type"
_VERSION = 1


class Choices(Struct, frozen=True):
    """What a reader can choose from, each with how many there are; places in it are numbers."""

    types: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    relations: tuple[tuple[str, int], ...]


def choices(base: KnowledgeBase, types: Sequence[str]) -> Choices:
    """The types, statuses and relations that are in use, `types` in this order."""
    records = base.records_by_id.values()
    of_type = Counter(_type_name(record) for record in records)
    found = [(name, of_type[name]) for name in (*types, "") if name in of_type]
    statuses = Counter(mark.text for r in records if (mark := status_mark(r)))
    relations = Counter(relation_label(r.kind) for r in base.graph.relations)
    return Choices(tuple(found), tuple(sorted(statuses.items())), tuple(sorted(relations.items())))


def graph_data(
    base: KnowledgeBase, positions: Mapping[str, Point], types: Sequence[str], view: Viewpoint
) -> bytes:
    """The file that the page of the graph fetches, as JSON.

    Records come in the order of their ids; `edges` has three numbers for each relation: its two
    ends and its kind. `y` points down.
    """
    chosen = choices(base, types)
    ids = sorted(positions)
    number = {record_id: n for n, record_id in enumerate(ids)}
    records = [base.records_by_id[record_id] for record_id in ids]
    marks = [_status_of(record) for record in records]
    type_numbers = {name: n for n, (name, _) in enumerate(chosen.types)}
    statuses = sorted({mark for mark in marks if mark}, key=lambda mark: (mark.text, mark.kind))
    status_numbers = {mark: n for n, mark in enumerate(statuses)}
    relation_numbers = {name: n for n, (name, _) in enumerate(chosen.relations)}
    edges = sorted(
        (number[r.source], number[r.target], relation_numbers[relation_label(r.kind)])
        for r in base.graph.relations
        if r.source in number and r.target in number
    )
    data = {
        "version": _VERSION,
        "types": [_type_entry(name, base, types) for name, _ in chosen.types],
        "statuses": [_status_entry(mark) for mark in statuses],
        "relations": [name for name, _ in chosen.relations],
        "mention": relation_numbers.get(MENTIONS, -1),
        "ids": ids,
        "titles": [record.title for record in records],
        "type": [type_numbers[_type_name(record)] for record in records],
        "status": [status_numbers[mark] if mark else -1 for mark in marks],
        "date": [day_filed(record) or "" for record in records],
        "x": [positions[record_id][0] for record_id in ids],
        "y": [positions[record_id][1] for record_id in ids],
        "pages": _pages(records, view),
        "edges": [value for edge in edges for value in edge],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def relation_label(kind: object) -> str:
    """What a relation is called; `kind` is None for a mention."""
    return getattr(kind, "label", MENTIONS)


def _pages(records: Sequence[Record], view: Viewpoint) -> dict[str, list[int] | list[str] | str]:
    """Where the pages are: before and after the id, which is the middle of every address.

    `folder` has a number for each record, -1 where it has no page.
    """
    folders: dict[str, int] = {}
    numbers = []
    end = ""
    for record in records:
        href = view.linker.to(record) if record_uri(record) else None
        if href is None:
            numbers.append(-1)
            continue
        start, _, end = href.rpartition(record.id)
        numbers.append(folders.setdefault(start, len(folders)))
    return {"folder": numbers, "before": list(folders), "after": end}


def _type_entry(name: str, base: KnowledgeBase, types: Sequence[str]) -> dict[str, object]:
    corners, turned = corners_of(name, types)
    record_type = base.catalogue.types.get(name)
    return {
        "label": record_type.label if record_type else WITHOUT_TYPE,
        "colour": colour_of(name, types),
        "corners": corners,
        "turned": turned,
    }


def _status_of(record: Record) -> Mark | None:
    """The mark of a record's status, the same for all types in which it looks the same."""
    mark = status_mark(record)
    return replace(mark, rank=0) if mark else None


def _status_entry(mark: Mark) -> dict[str, str]:
    return {"text": mark.text, "shape": mark.shape, "kind": mark.kind}


def _type_name(record: Record) -> str:
    return record.type.name if record.type else ""
