"""A record's Markdown as HTML that is safe to publish, with its table of contents and its words.

One pass over pulldown-cmark's events writes the markup that the theme styles; `sanitising` has the
last word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from typing import Any

import pyromark

from govkb.history.entries import entries_of
from govkb.reading import Record
from govkb.reading.body import markdown_options
from govkb.site.highlighting import code_html
from govkb.site.linking import Linker
from govkb.site.sanitising import sanitise

_ALERTS = {
    "Note": ("note", "Note"),
    "Tip": ("tip", "Tip"),
    "Important": ("info", "Important"),
    "Warning": ("warning", "Warning"),
    "Caution": ("danger", "Caution"),
}
_PLAIN_TAGS = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "del"}
_BLOCK_TAGS = {"Paragraph": "p", "Item": "li", "BlockQuote": "blockquote", "TableRow": "tr"}


@dataclass(frozen=True, slots=True)
class Contents:
    """An entry of a table of contents."""

    title: str
    anchor: str
    level: int


@dataclass(frozen=True, slots=True)
class Words:
    """What the search knows of a part of a page: plain text, one line for each block."""

    anchor: str | None
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A piece of Markdown as safe HTML."""

    html: str
    contents: tuple[Contents, ...] = ()
    words: tuple[Words, ...] = ()


def render_body(record: Record, linker: Linker) -> Rendered:
    """The body of a record, without the heading that repeats its title."""
    source = record.source
    text = source.text(record.body.start, len(source.data))
    anchors = {h.start - record.body.start: h.anchor for h in record.body.headings}
    writer = _Writer(record, linker, anchors, _entry_anchors(record))
    return writer.write(text)


def render_text(markdown: str, record: Record, linker: Linker) -> str:
    """A piece of a record's Markdown as HTML, for use on another page."""
    return _Writer(record, linker, {}, {}).write(markdown).html


def entry_anchor(text: str) -> str:
    """The anchor of an entry of an append-only section, which follows from its normalised text."""
    return f"l-{sha256(text.encode()).hexdigest()[:8]}"


def _entry_anchors(record: Record) -> dict[int, str]:
    sections = record.type.append_only_sections if record.type else ()
    found: dict[str, int] = {}
    for name in sections:
        for entry in entries_of(record, name):
            if entry.block.kind != "heading":
                found.setdefault(entry_anchor(entry.text), entry.block.start - record.body.start)
    return {start: anchor for anchor, start in found.items()}


@dataclass(slots=True)
class _Writer:
    """Writes HTML from events. `out` is where writing goes; footnotes have a place of their own."""

    record: Record
    linker: Linker
    anchors: Mapping[int, str]
    entries: Mapping[int, str]
    out: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    contents: list[Contents] = field(default_factory=list)
    words: list[tuple[str | None, str, list[str]]] = field(default_factory=lambda: [(None, "", [])])
    footnotes: dict[str, int] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    saved: list[list[str]] = field(default_factory=list)
    closings: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    alignments: tuple[str, ...] = ()
    column: int = 0
    in_head: bool = False
    in_link: int = 0
    code: list[str] | None = None
    language: str = ""
    heading: list[str] | None = None

    def write(self, markdown: str) -> Rendered:
        events = pyromark.events_with_range(markdown, options=markdown_options())
        steps = list(events)
        skip_to = self._after_title(steps)
        for number, (event, extent) in enumerate(steps):
            if number >= skip_to:
                self._take(event, extent["start"], steps, number)
        self._flush()
        html = sanitise("".join(self.out) + self._footnotes(), frozenset(self.ids))
        words = tuple(Words(a, t, _lines(pieces)) for a, t, pieces in self.words)
        return Rendered(html, tuple(self.contents), words)

    def _after_title(self, steps: list[Any]) -> int:
        """How many events make up a first heading that says the same as the title."""
        first = self.record.body.headings[0] if self.record.body.headings else None
        if not steps or first is None or 0 not in self.anchors_at_start(steps):
            return 0
        if first.level != 1 or first.text.casefold() != self.record.title.casefold():
            return 0
        return next(n for n, (event, _) in enumerate(steps) if _is_end_of_heading(event)) + 1
