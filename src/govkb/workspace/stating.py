"""Relations in texts without a frontmatter, where their formats state them: with the status."""

from __future__ import annotations

import posixpath
from typing import NamedTuple
from urllib.parse import quote

from govkb.diagnostics import Edit
from govkb.reading import Record
from govkb.scaffolding.escaping import heading_text

# How a synonym ends that stands for a status with more behind it: `Superseded by …`.
_MORE = " …"
_NO_BRACKETS = str.maketrans("", "", "[]")


class Place(NamedTuple):
    """The byte where a relation can be stated, and the phrase that states it."""

    at: int
    phrase: str


def place_in_section(record: Record, name: str) -> Place | None:
    """Below what stands in the section that the type reads a relation from, if it is there."""
    for source in record.type.from_body.get(name, ()) if record.type is not None else ():
        section = record.outline.section(source.section) if source.section else None
        if section is not None and source.after:
            end = len(record.source.data[: section.end].rstrip())
            return Place(end, source.after[0])
    return None


def said_at(place: Place, record: Record, other: Record) -> Edit:
    """The relation to another record as a paragraph of its own."""
    return Edit(place.at, place.at, f"\n\n{place.phrase} {_link(record, other)}")


def in_status(record: Record, name: str, other: Record) -> str | None:
    """What a text's status says where it says the relation as well: `Superseded by [X](x.md)`.

    None where the type has no such status, or the text has a frontmatter.
    """
    if record.type is None or record.yaml_end:
        return None
    written = str(record.metadata.get("status", ""))
    phrases = {phrase for s in record.type.from_body.get(name, ()) for phrase in s.after}
    for synonym in record.type.statuses.synonyms:
        phrase = synonym.removesuffix(_MORE)
        if phrase != synonym and phrase in phrases:
            fitting = phrase if written[:1].isupper() else phrase[:1].lower() + phrase[1:]
            return f"{fitting} {_link(record, other)}"
    return None


def _link(record: Record, other: Record) -> str:
    path = posixpath.relpath(other.path, posixpath.dirname(record.path))
    heading = next((h.text for h in other.outline.headings if h.level == 1), other.title)
    return f"[{heading_text(heading.translate(_NO_BRACKETS))}]({quote(path)})"
