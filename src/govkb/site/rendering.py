"""A record's Markdown as HTML that is safe to publish, with its table of contents and its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from govkb.graph.parts import headings_of
from govkb.history.entries import Entry, entries_of, name_of
from govkb.reading import Heading, Record
from govkb.reading.items import items_of
from govkb.site.linking import Linker
from govkb.site.markdown_writer import MarkdownWriter, NamedEntry, Rendered

# What is said of an entry, with an address.
Answers = tuple[tuple[str, str], ...]


def render_body(
    record: Record, linker: Linker, answers_to: Callable[[Entry], Answers] = lambda _: ()
) -> Rendered:
    """The body of a record, without the heading that repeats its title.

    `answers_to` gives what later entries say of one, each with the address of that entry.
    """
    source, start = record.source, record.body_start
    found = headings_of(record)
    title = _title_heading(record, found)
    headings = {h.start - start: h for h in found if h is not title}
    entries = _named_entries(record, answers_to)
    items = {item.start - start: item.anchor for item in items_of(record) if not item.path}
    writer = MarkdownWriter(record, linker, headings, entries, items)
    first = title.end - start if title else 0
    rendered = writer.write(source.text(start, len(source.data)), first)
    return replace(rendered, items={at + start: anchor for at, anchor in items.items()})


def title_end(record: Record) -> int:
    """Where in the body its text begins: after a heading that repeats the title."""
    title = _title_heading(record, headings_of(record))
    return title.end - record.body_start if title else 0


def render_text(markdown: str, record: Record, linker: Linker) -> str:
    """A piece of a record's Markdown as HTML, for use on another page."""
    return MarkdownWriter(record, linker).write(markdown).html


def entry_name(entry: Entry) -> str:
    """The short name of an entry; what was redacted keeps the name that it had."""
    return name_of(entry.tombstone_for) if entry.tombstone_for else entry.name


def is_redacted(entry: Entry) -> bool:
    """Whether nothing but the notice of its redaction is left of an entry."""
    return entry.tombstone_for is not None


def entry_anchor(entry: Entry) -> str:
    """The anchor of an entry of an append-only section: its short name."""
    return entry_name(entry).lower()


def _title_heading(record: Record, headings: Sequence[Heading]) -> Heading | None:
    if not headings or headings[0].level != 1:
        return None
    first = headings[0]
    before = record.source.data[record.body_start : first.start]
    # Where something stands before it, it takes a parser to say whether that is a block.
    is_first = not before.strip() or record.body.blocks[0].start == first.start
    return first if is_first and first.text.casefold() == record.title.casefold() else None


def _named_entries(record: Record, answers_to: Callable[[Entry], Answers]) -> dict[int, NamedEntry]:
    """Entries by the offset in the body at which they begin; of equal ones only the first."""
    sections = record.type.append_only_sections if record.type else ()
    found: dict[str, tuple[int, NamedEntry]] = {}
    for section in sections:
        for entry in entries_of(record, section):
            if entry.block.kind != "heading":
                anchor, name = entry_anchor(entry), entry_name(entry)
                named = NamedEntry(anchor, name, is_redacted(entry), answers_to(entry))
                found.setdefault(named.anchor, (entry.block.start - record.body_start, named))
    return dict(found.values())
