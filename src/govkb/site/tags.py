"""The records by tag, and where each tag stands on that page."""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct

from govkb.reading import Record
from govkb.site.record_fields import newest_first
from govkb.site.viewpoint import RecordLink, Viewpoint

TAGS_URI = "tags.md"
_GAPS = re.compile(r"[\s_-]+")
# Beyond these nobody would read on, and the page would grow without end.
_MOST_TAGS = 500
_MOST_RECORDS = 20


class MoreOfType(Struct, frozen=True):
    """How many further records of a type have a tag, and the type's index."""

    count: int
    label: str
    href: str


class TagGroup(Struct, frozen=True):
    """The newest records with a tag; `more` are those that are not shown."""

    label: str
    anchor: str
    count: int
    records: tuple[RecordLink, ...]
    more: tuple[MoreOfType, ...]


class TagGroups(Struct, frozen=True):
    """The tags by name. `left_out` is how many rarer ones there are besides."""

    groups: tuple[TagGroup, ...]
    left_out: int


def tags_in(record: Record) -> list[str]:
    """The tags of a record, each once, as written."""
    value = record.metadata.get("tags")
    values = value if isinstance(value, list) else [value]
    found = {tag_anchor(tag): tag.strip() for tag in values if isinstance(tag, str) and tag.strip()}
    return list(found.values())


def tag_anchor(tag: str) -> str:
    """The anchor of a tag on the page of all tags; capitals and blanks make no other tag."""
    return f"tag-{_GAPS.sub('-', tag.strip().casefold())}"


def tag_groups(view: Viewpoint) -> TagGroups:
    """Every tag with its records; the most used ones where there are very many."""
    named: dict[str, list[tuple[str, Record]]] = {}
    for record in newest_first(view.base.records_by_id.values()):
        for tag in tags_in(record):
            named.setdefault(tag_anchor(tag), []).append((tag, record))
    used = sorted(named, key=lambda anchor: (-len(named[anchor]), anchor))[:_MOST_TAGS]
    groups = tuple(_group(anchor, named[anchor], view) for anchor in sorted(used))
    return TagGroups(groups, len(named) - len(groups))


def _group(anchor: str, found: list[tuple[str, Record]], view: Viewpoint) -> TagGroup:
    spellings = Counter(tag for tag, _ in found)
    label = min(spellings, key=lambda tag: (-spellings[tag], tag))
    records = [record for _, record in found]
    more = tuple(_more(records[_MOST_RECORDS:], view))
    return TagGroup(label, anchor, len(records), view.links(records[:_MOST_RECORDS]), more)


def _more(records: list[Record], view: Viewpoint) -> list[MoreOfType]:
    counts = Counter(record.type.name for record in records if record.type)
    types = {record.type.name: record.type for record in records if record.type}
    return [
        MoreOfType(counts[name], types[name].plural.lower(), view.type_page(types[name]))
        for name in sorted(counts)
    ]
