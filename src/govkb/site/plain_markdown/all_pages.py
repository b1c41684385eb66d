"""Every page of the site as a Markdown file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govkb.history import Learning, learnings_among
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.days import day_filed
from govkb.reading import Record
from govkb.record_text import markdown as escaping
from govkb.record_types import RecordType
from govkb.site.addresses import record_uri, type_uri
from govkb.site.index_views import in_index_order, types_in_use
from govkb.site.linking import Linker
from govkb.site.plain_markdown.body_writer import BodyWriter
from govkb.site.plain_markdown.file_addresses import FileAddresses
from govkb.site.plain_markdown.record_page import record_link, record_page
from govkb.site.record_fields import newest_first, text_of

_HOME = "index.md"
_LEARNINGS = "learnings.md"
_RECENT = 20


def markdown_pages(base: KnowledgeBase) -> Iterator[tuple[str, bytes]]:
    """Path and content of every page: home, indexes, learnings, records."""
    addresses = FileAddresses()
    yield _HOME, _file(_home(base, Linker(base.graph, addresses, _HOME)))
    for record_type in types_in_use(base):
        uri = type_uri(record_type)
        yield uri, _file(_index(record_type, base, Linker(base.graph, addresses, uri)))
    yield _LEARNINGS, _file(_learnings(base, Linker(base.graph, addresses, _LEARNINGS)))
    for record in base.records_by_id.values():
        record_page_uri = record_uri(record)
        if record_page_uri is not None:
            yield record_page_uri, _file(record_page(record, record_page_uri, base, addresses))
            record.text.release()


def _file(lines: Iterable[str]) -> bytes:
    text = "\n".join(lines).strip("\n")
    return f"{text}\n".encode("utf-8", "replace")


def _home(base: KnowledgeBase, linker: Linker) -> Iterator[str]:
    yield from escaping.head("Knowledge base", "What there is, and what was filed last.")
    yield from ("# Knowledge base", "")
    types = types_in_use(base)
    if not types:
        yield 'There are no records yet. `govkb new incident "Vault sealed"` starts one.'
        yield ""
    for record_type in types:
        href = linker.addresses.between(_HOME, type_uri(record_type))
        name = escaping.link(escaping.text(record_type.plural), href)
        count = len(base.of_type(record_type.name))
        yield f"-   {name} ({count}): {escaping.line(record_type.purpose)}"
    yield f"-   [Learnings]({_LEARNINGS})"
    recent = newest_first(base.records_by_id.values())[:_RECENT]
    if recent:
        yield from ("", "## Recently filed", "")
        yield from (f"-   {record_link(record, linker)}" for record in recent)


def _index(record_type: RecordType, base: KnowledgeBase, linker: Linker) -> Iterator[str]:
    yield from escaping.head(record_type.plural, record_type.purpose)
    yield from (f"# {escaping.line(record_type.plural)}", "")
    yield from (escaping.line(record_type.purpose), "")
    yield "| Id | Title | Status | Severity | Owner | Date |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for record in in_index_order(record_type, base):
        yield f"| {' | '.join(_cells(record, linker))} |"


def _cells(record: Record, linker: Linker) -> Iterator[str]:
    href = linker.to(record)
    name = escaping.text(record.id)
    yield escaping.link(name, href) if href else name
    yield escaping.line(record.title)
    for value in (record.status, text_of(record, "severity"), text_of(record, "owner")):
        yield escaping.line(value or "")
    yield escaping.line(day_filed(record) or "")


def _learnings(base: KnowledgeBase, linker: Linker) -> Iterator[str]:
    yield from escaping.head("Learnings", "All learnings, the newest first.")
    yield from ("# Learnings", "")
    day = None
    found = learnings_among(base.records_by_id.values())
    if not found:
        yield "No record has learnings yet."
    for learning in found:
        if learning.day != day:
            day = learning.day
            yield from (f"## {escaping.line(day or 'Undated')}", "")
        yield from _learning(learning, linker)


def _learning(learning: Learning, linker: Linker) -> Iterator[str]:
    yield from BodyWriter(learning.record, linker).write(learning.markdown)
    yield from (f"From {record_link(learning.record, linker)}", "")
