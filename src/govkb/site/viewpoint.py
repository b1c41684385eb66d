"""The knowledge base as seen from one page: records become links that lead there from here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup
from msgspec import Struct

from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RecordType
from govkb.site.addresses import Addresses, type_uri
from govkb.site.background import Background
from govkb.site.linking import Linker
from govkb.site.marks import Mark


class RecordLink(NamedTuple):
    """A record as other pages show it. `href` is None where the record has no page."""

    id: str
    title: str
    href: str | None
    type_label: str
    date: str | None
    owner: str | None
    status: Mark | None
    severity: Mark | None


class Viewpoint(Struct, frozen=True):
    """All records, and the page from which they are looked at."""

    background: Background
    linker: Linker

    @classmethod
    def at(cls, background: Background, addresses: Addresses, here: str) -> Viewpoint:
        """The view from the page `here`."""
        return cls(background, Linker(background.base.graph, addresses, here))

    @property
    def base(self) -> KnowledgeBase:
        """The records."""
        return self.background.base

    def link(self, record: Record, anchor: str | None = None) -> RecordLink:
        """A record as a link, to one of its anchors if one is given."""
        face = self.background.face(record)
        return RecordLink(
            id=record.id,
            title=record.title,
            href=self.linker.to(record, anchor),
            type_label=face.type_label,
            date=face.date,
            owner=face.owner,
            status=face.status,
            severity=face.severity,
        )

    def links(self, records: Iterable[Record]) -> tuple[RecordLink, ...]:
        """Records as links, in the order given."""
        return tuple(self.link(record) for record in records)

    def page(self, uri: str) -> str:
        """The link to another page."""
        return self.linker.addresses.between(self.linker.here, uri)

    def type_page(self, record_type: RecordType) -> str:
        """The link to a type's index."""
        return self.page(type_uri(record_type))

    def prose(self, text: str, citing: Record) -> Markup:
        """Plain text of a record with its ids as links."""
        return self.linker.text(text, citing)
