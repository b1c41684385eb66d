"""Writes HTML from pulldown-cmark's events, in the markup that the theme styles.

What it writes may still hold raw HTML of the record; `sanitising` has the last word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pyromark
from msgspec import Struct

from govkb.reading import Heading, Record
from govkb.reading.body import markdown_options
from govkb.site.highlighting import code_html
from govkb.site.linking import Linker
from govkb.site.sanitising import identified, sanitise, vouched

_ALERTS = {
    "Note": ("note", "Note"),
    "Tip": ("tip", "Tip"),
    "Important": ("info", "Important"),
    "Warning": ("warning", "Warning"),
    "Caution": ("danger", "Caution"),
}
_INLINE_TAGS = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "del"}
# The sanitiser takes quadratic time over elements in elements and attributes of one tag, and a
# browser stops at 512 levels. What lies deeper keeps its words.
_DEEPEST = 200
_NESTING = frozenset({*_INLINE_TAGS, "BlockQuote", "Item", "List", "Paragraph"})
_MOST_RAW, _MOST_RAW_TAGS = 250_000, 20_000
_CHECKBOX = (
    '<label class="task-list-control"><input type="checkbox" aria-label="Task" disabled{}>'
    '<span class="task-list-indicator"></span></label> '
)


class Contents(Struct, frozen=True):
    """An entry of a table of contents."""

    title: str
    anchor: str
    level: int


class Words(Struct, frozen=True):
    """What the search knows of a part of a page: plain text, a line for each block.

    `brief` is what an index without whole texts holds of it; None where it leaves the part out.
    """

    anchor: str | None
    title: str
    text: str
    brief: str | None = None


class Rendered(Struct, frozen=True):
    """A piece of Markdown as safe HTML.

    `items` are the anchors of a record's items, by the offset in its file at which they begin.
    """

    html: str
    contents: tuple[Contents, ...]
    words: tuple[Words, ...]
    items: Mapping[int, str] = {}


class NamedEntry(Struct, frozen=True):
    """An entry of an append-only section, with its anchor and the short name that is shown.

    `answers` are what later entries say of it, each with the address of that entry.
    """

    anchor: str
    name: str
    is_redacted: bool = False
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Notes:
    """Footnotes, numbered in the order in which the text first refers to them."""

    numbers: dict[str, int] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def refer(self, label: str) -> tuple[int, str]:
        """The number of a note and the anchor of this reference to it."""
        number = self.numbers.setdefault(label, len(self.numbers) + 1)
        self.uses[label] = use = self.uses.get(label, 0) + 1
        return number, f"fnref:{number}" if use == 1 else f"fnref{use}:{number}"

    def html(self) -> str:
        """The list of notes that belongs at the end of the page."""
        if not self.numbers:
            return ""
        items = "".join(
            f"<li {identified(f'fn:{number}')}>{self.texts.get(label, '')}"
            f'<a class="footnote-backref" href="#fnref:{number}" title="Back to the text">'
            "&#8617;</a></li>"
            for label, number in self.numbers.items()
        )
        return f'<div class="footnote"><hr><ol>{items}</ol></div>'


class MarkdownWriter:
    """Writes one document.

    `headings`, `entries` and the anchors of `items` are by the offsets at which they begin.
    """

    def __init__(
        self,
        record: Record,
        linker: Linker,
        headings: Mapping[int, Heading] | None = None,
        entries: Mapping[int, NamedEntry] | None = None,
        items: Mapping[int, str] | None = None,
    ) -> None:
        self.record = record
        self.linker = linker
        self.headings = headings or {}
        self.entries = entries or {}
        self.items = items or {}
        self.ids: set[str] = set()
        self.contents: list[Contents] = []
        self.words: list[tuple[str | None, str, list[str]]] = [(None, "", [])]
        self.notes = _Notes()
        self.out: list[str] = []
        self.outer: list[list[str]] = []
        self.closings: list[str] = []
        self.pending = ""
        self.raw_length = self.raw_tags = 0
        self.code: list[str] | None = None
        self.alignments: tuple[str, ...] = ()
        self.column = 0
        self.cell = "td"
        self.links = 0
        self.is_heading = False
        self.named: NamedEntry | None = None
        # The anchor of what is named, as an item that it is too.
        self.named_item: str | None = None
        # All events with the offsets at which they begin, and the number of the one at hand.
        self.steps: list[tuple[Any, int]] = []
        self.number = 0

    def write(self, markdown: str, first: int = 0) -> Rendered:
        """The Markdown as HTML, from the byte offset `first` on."""
        found = pyromark.events_with_range(markdown, options=markdown_options())
        self.steps = [(event, extent["start"]) for event, extent in found]
        for number, (event, start) in enumerate(self.steps):
            if start >= first:
                self.number = number
                self._take(event, start)
        self._flush()
        html = sanitise("".join(self.out) + self._footnotes())
        words = tuple(Words(anchor, title, _lines(texts)) for anchor, title, texts in self.words)
        return Rendered(html, tuple(self.contents), words)

    def _take(self, event: Any, start: int) -> None:
        if isinstance(event, str):
            self._single(event)
            return
        ((kind, value),) = event.items()
        if kind == "Text":
            self._text(value)
            return
        if self.pending:
            self._flush()
        if kind == "Start" or kind == "End":
            tag, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
            if kind == "Start":
                self._start(tag, detail, start)
            else:
                self._end(tag)
        elif kind == "Code":
            self.out.append(f"<code>{escape(value)}</code>")
            self._say(value)
        elif kind in ("Html", "InlineHtml"):
            self._raw(value)
        elif kind == "FootnoteReference":
            self._refer(value)
        elif kind == "TaskListMarker":
            self.out.append(_CHECKBOX.format(" checked" if value else ""))

    def _single(self, event: str) -> None:
        if event == "SoftBreak":
            self._text("\n")
            return
        self._flush()
        self.out.append("<hr>\n" if event == "Rule" else "<br>\n")
        self._say(" ")

    def _text(self, value: str) -> None:
        if self.code is not None:
            self.code.append(value)
        else:
            # One run of prose can come in several events; an id must not be missed at their seams.
            self.pending += value

    def _flush(self) -> None:
        if self.pending:
            text, self.pending = self.pending, ""
            self.out.append(escape(text) if self.links else self.linker.text(text, self.record))
            self._say(text)

    def _raw(self, value: str) -> None:
        """Raw HTML, for the sanitiser to judge; text where there is more than anybody writes."""
        self.raw_length += len(value)
        self.raw_tags += value.count("<")
        is_bearable = self.raw_length <= _MOST_RAW and self.raw_tags <= _MOST_RAW_TAGS
        self.out.append(value if is_bearable else escape(value))

    def _say(self, text: str) -> None:
        self.words[-1][2].append(text.replace("\n", " "))

    def _start(self, tag: str, detail: Any, start: int) -> None:
        is_too_deep = len(self.closings) >= _DEEPEST and tag in _NESTING
        self.closings.append("" if is_too_deep else self._open(tag, detail, start))

    def _open(self, tag: str, detail: Any, start: int) -> str:
        """Writes what opens an element and returns what closes it."""
        if tag in _INLINE_TAGS:
            return self._plain(_INLINE_TAGS[tag], "", "")
        match tag:
            case "Paragraph":
                return self._plain("p", self._entry(start))
            case "Heading":
                return self._heading(detail["level"], start)
            case "Link" | "Image":
                return self._link(tag, detail)
            case "List":
                return self._list(detail)
            case "Item":
                is_task = 'class="task-list-item"' if self._begins_with_task(1) else ""
                return self._plain("li", f"{self._entry(start)} {is_task}")
            case "BlockQuote":
                return self._quote(detail, start)
            case "CodeBlock":
                self.code = []
                if start in self.items and self.items[start] not in self.ids:
                    self.out.append(f"<div {self._id(self.items[start])}></div>")
                fence = detail.get("Fenced", "") if isinstance(detail, dict) else ""
                return fence.split()[0] if fence.split() else ""
            case "FootnoteDefinition":
                self.outer.append(self.out)
                self.out = []
                return str(detail)
            case _:
                return self._table_part(tag, detail, start)

    def _end(self, tag: str) -> None:
        closing = self.closings.pop()
        if tag == "CodeBlock":
            code, self.code = "".join(self.code or []), None
            self._say(f"\0{code}\0")
            self.out.append(code_html(code, closing))
        elif tag == "FootnoteDefinition":
            self.notes.texts[closing] = "".join(self.out)
            self.out = self.outer.pop()
        else:
            self.out.append(closing)
        if tag in ("Link", "Image") and closing:
            self.links -= 1
        if tag in ("Paragraph", "Item", "TableRow", "TableHead", "Heading", "CodeBlock"):
            self._end_of_block(tag)
        elif tag == "TableCell":
            self._say(" ")

    def _end_of_block(self, tag: str) -> None:
        anchor, title, texts = self.words[-1]
        if tag == "Heading" and self.is_heading:
            self.is_heading = False
            self.words[-1] = (anchor, title or "".join(texts).strip(), [])
        else:
            texts.append("\0")

    def _plain(self, name: str, attributes: str = "", after: str = "\n") -> str:
        gap = f" {attributes.strip()}" if attributes.strip() else ""
        self.out.append(f"<{name}{gap}>")
        # A row has no place for the name; its last cell has.
        is_early = name in ("td", "th") and self.column < len(self.alignments)
        if self.named is not None and name != "tr" and not is_early:
            entry, self.named = self.named, None
            href = f'href="#{escape(entry.anchor)}"'
            own = f" {self._id(self.named_item)}" if self.named_item else ""
            seal = vouched("govkb-entry")
            self.out.append(f'<a class="{seal}" {href}{own}>{escape(entry.name)}</a> ')
            answered = vouched("govkb-answered")
            for said, address in entry.answers:
                link = f'<a class="{answered}" href="{escape(address)}">{escape(said)}</a> '
                self.out.append(link)
        return f"</{name}>{after}"

    def _id(self, anchor: str) -> str:
        self.ids.add(anchor)
        return identified(anchor)

    def _entry(self, start: int) -> str:
        entry, item = self.entries.get(start), self.items.get(start)
        # A paragraph of an item begins where the item does, and the item has the anchor already.
        item = item if item not in self.ids else None
        if entry is None:
            return self._id(item) if item is not None else ""
        if entry.anchor in self.ids:
            return ""
        self.named, self.named_item = entry, item
        redacted = f'class="{vouched("govkb-redacted")}"' if entry.is_redacted else ""
        return f"{self._id(entry.anchor)} {redacted}".strip()

    def _heading(self, level: str, start: int) -> str:
        heading = self.headings.get(start)
        # A page has one h1, and that is the record's title.
        name = f"h{max(int(level[1]), 2)}"
        if heading is None:
            return self._plain(name)
        self.contents.append(Contents(heading.text, heading.anchor, max(heading.level, 2)))
        self.words.append((heading.anchor, heading.text, []))
        self.is_heading = True
        self._plain(name, self._id(heading.anchor))
        href = f"#{escape(heading.anchor)}"
        return f'<a class="headerlink" href="{href}" title="Permanent link">&para;</a></{name}>\n'

    def _link(self, tag: str, detail: Any) -> str:
        target = detail["dest_url"]
        if detail["link_type"] == "Email":
            target = f"mailto:{target}"
        href = None if self.links else self.linker.href(target, self.record)
        if href is None:
            return ""
        self.links += 1
        title = f' title="{escape(detail["title"])}"' if detail["title"] else ""
        # Images of other hosts are not loaded but linked.
        self.out.append(f'<a href="{escape(href)}"{title}>{"Image: " if tag == "Image" else ""}')
        return "</a>"

    def _list(self, first: int | None) -> str:
        if first is not None:
            return self._plain("ol", f'start="{first}"' if first != 1 else "")
        is_tasks = self._begins_with_task(2)
        return self._plain("ul", 'class="task-list"' if is_tasks else "")

    def _begins_with_task(self, ahead: int) -> bool:
        """Whether an item is a task whose first event is so many events ahead."""
        events = [event for event, _ in self.steps[self.number + ahead : self.number + ahead + 2]]
        if events and events[0] == {"Start": "Paragraph"}:
            events = events[1:]
        return bool(events) and isinstance(events[0], dict) and "TaskListMarker" in events[0]

    def _quote(self, alert: str | None, start: int) -> str:
        if alert not in _ALERTS:
            return self._plain("blockquote", self._entry(start))
        kind, title = _ALERTS[alert]
        self._plain("div", f'class="admonition {kind}" {self._entry(start)}')
        self.out.append(f'<p class="admonition-title">{title}</p>')
        return "</div>\n"

    def _table_part(self, tag: str, detail: Any, start: int) -> str:
        if tag == "Table":
            self.alignments = tuple(detail)
            self.out.append("<table>")
            return "</tbody></table>\n"
        if tag in ("TableHead", "TableRow"):
            self.column = 0
            self.cell = "th" if tag == "TableHead" else "td"
            self.out.append("<thead>" if tag == "TableHead" else "")
            row = self._plain("tr", self._entry(start))
            return f"{row}</thead><tbody>" if tag == "TableHead" else row
        if tag == "TableCell":
            return self._cell()
        return ""

    def _cell(self) -> str:
        alignment = self.alignments[self.column] if self.column < len(self.alignments) else "None"
        self.column += 1
        is_aligned = alignment in ("Left", "Center", "Right")
        return self._plain(
            self.cell, f'class="govkb-{alignment.lower()}"' if is_aligned else "", ""
        )

    def _refer(self, label: str) -> None:
        number, anchor = self.notes.refer(label)
        link = f'<a class="footnote-ref" href="#fn:{number}">{number}</a>'
        self.out.append(f"<sup {self._id(anchor)}>{link}</sup>")

    def _footnotes(self) -> str:
        return self.notes.html()


def _lines(texts: list[str]) -> str:
    """Texts as lines; they hold a zero byte, which Markdown has not, wherever a block ends."""
    blocks = "".join(texts).split("\0")
    return "\n".join(line for line in (" ".join(block.split()) for block in blocks) if line)
