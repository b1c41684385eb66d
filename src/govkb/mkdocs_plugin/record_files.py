"""Records among MkDocs's files: they can be linked to, and never enter its page loop."""

from __future__ import annotations

import os
from typing import Any

from mkdocs.structure.files import File, InclusionLevel

from govkb.graph.parts import headings_of
from govkb.history import entries_of
from govkb.reading import Record
from govkb.reading.items import items_of
from govkb.site.addresses import Addresses
from govkb.site.rendering import entry_anchor


class RecordFile(File):
    """The place of a record's page, which is written when all other pages are."""

    @property
    def src_path(self) -> str:
        """The uri as a path of this system."""
        return os.path.normpath(self.src_uri)

    @src_path.setter
    def src_path(self, uri: str) -> None:
        # MkDocs sets a path, which it would make a uri of with much ado.
        self.src_uri = uri

    def is_documentation_page(self) -> bool:
        """No: MkDocs would read it as Markdown and render it by itself."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: what is at this place is written with the other record pages."""


class _Anchors:
    """What MkDocs asks the page of a file for when it checks links: the anchors that are there."""

    def __init__(self, record: Record) -> None:
        self.record = record

    @property
    def present_anchor_ids(self) -> set[str]:
        """The anchors of a record's page."""
        record = self.record
        names = record.type.append_only_sections if record.type else ()
        entries = (entry for name in names for entry in entries_of(record, name))
        items = (item.anchor for item in items_of(record))
        return {
            *(heading.anchor for heading in headings_of(record)),
            *map(entry_anchor, entries),
            *items,
            "relations",
        }


def record_file(uri: str, record: Record, addresses: Addresses, site: str) -> RecordFile:
    """The file that links to a record's page lead to; `site` is the folder of the site."""
    level, place = InclusionLevel.NOT_IN_NAV, addresses.file(uri)
    file = RecordFile(uri, None, site, addresses.directories, dest_uri=place, inclusion=level)
    file.generated_by = "govkb"
    anchors: Any = _Anchors(record)
    file.page = anchors
    return file
