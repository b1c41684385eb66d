"""The knowledge base as seen from one page: records become links that lead there from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup

from govkb.history import Answer
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RecordType
from govkb.site.addresses import Addresses, type_uri
from govkb.site.background import Background
from govkb.site.linking import Linker
from govkb.site.marks import Mark, severity_mark, status_mark


@dataclass(frozen=True, slots=True)
class RecordLink:
    """A record as other pages show it. `href` is None where the record has no page."""

    id: str
    title: str
    href: str | None
    type_label: str
    date: str | None
    owner: str | None
    status: Mark | None
    severity: Mark | None


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """All records, and the page from which they are looked at.

    `answers` are those of entries.
    """

    base: KnowledgeBase
    linker: Linker
    answers: tuple[Answer, ...] = ()
    background: Background = field(default_factory=Background)

    @classmethod
    def at(
        cls,
        base: KnowledgeBase,
        addresses: Addresses,
        here: str,
        answers: tuple[Answer, ...] = (),
        background: Background | None = None,
    ) -> Viewpoint:
        """The view from the page `here`."""
        return cls(base, Linker(base.graph, addresses, here), answers, background or Background())

    def link(self, record: Record, anchor: str | None = None) -> RecordLink:
        """A record as a link, to one of its anchors if one is given."""
        return RecordLink(
            id=record.id,
            title=record.title,
            href=self.linker.to(record, anchor),
            type_label=record.type.label if record.type else "Record",
            date=record.date or moment_of(record),
            owner=text_of(record, "owner"),
            status=status_mark(record),
            severity=severity_mark(record, self.base),
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


def text_of(record: Record, field: str) -> str | None:
    """A metadata field that is text, by its proper name where it has several; else None."""
    value = record.metadata.get(field)
    if record.type is not None:
        value = record.type.canonical_value(field, value)
    return value.strip() or None if isinstance(value, str) else None


def aliases_of(record: Record) -> list[str]:
    """The other names that a record gives itself."""
    aliases = record.metadata.get("aliases")
    return [a for a in aliases if isinstance(a, str)] if isinstance(aliases, list) else []


def moment_of(record: Record) -> str | None:
    """The day on which a record without a date of its own was detected."""
    return (text_of(record, "detected") or "")[:10] or None


def newest_first(records: Iterable[Record]) -> list[Record]:
    """Records by date, the newest first; those without one last; ids decide between equals."""
    by_id = sorted(records, key=lambda record: record.id)
    return sorted(by_id, key=lambda record: record.date or "", reverse=True)
