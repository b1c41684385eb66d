"""The structure of a Markdown body: headings, sections, top-level blocks, links and plain text.

One pass over pulldown-cmark's events gives all of it. Offsets are in bytes of the whole file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Any

import pyromark
from msgspec import Struct

_HEADING_LEVELS = {f"H{n}": n for n in range(1, 7)}
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")


class Heading(Struct, frozen=True):
    """A heading with the anchor that forges and the site give it."""

    level: int
    text: str
    anchor: str
    start: int
    end: int


class Block(Struct, frozen=True):
    """A top-level block; lists and tables count as their items and rows.

    `kind` is paragraph, item, code, table-head, table-row, quote, heading, html, rule, footnote or
    other. `checked` is None for anything but a task.
    """

    kind: str
    start: int
    end: int
    checked: bool | None = None


class Section(Struct, frozen=True):
    """What stands under one `##` heading, as far as the next one; subheadings are blocks in it."""

    name: str
    heading: Heading
    end: int
    blocks: tuple[Block, ...]

    @property
    def has_text(self) -> bool:
        """Whether anything stands in it but subheadings, comments and rules."""
        return any(block.kind not in ("heading", "html", "rule") for block in self.blocks)


class Link(Struct, frozen=True):
    """A link or image with its address as written."""

    target: str
    start: int
    end: int


class Body(Struct, frozen=True):
    """Everything the checks need to know of a body.

    `text_runs` is prose outside code and HTML, `code_spans` inline code with its backticks,
    `code_blocks` every block of code, also inside lists and quotes.
    """

    start: int
    headings: tuple[Heading, ...] = ()
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    text_runs: tuple[tuple[int, int], ...] = ()
    code_spans: tuple[tuple[int, int], ...] = ()
    code_blocks: tuple[tuple[int, int], ...] = ()

    def section(self, name: str) -> Section | None:
        """The first section of this name; letter case doesn't matter."""
        wanted = name.casefold()
        return next((s for s in self.sections if s.name.casefold() == wanted), None)


@cache
def markdown_options() -> pyromark.Options:
    """The dialect that records are written in: GitHub-flavoured Markdown."""
    options = pyromark.Options
    return (
        options.ENABLE_TABLES
        | options.ENABLE_TASKLISTS
        | options.ENABLE_STRIKETHROUGH
        | options.ENABLE_FOOTNOTES
        | options.ENABLE_GFM
    )


def anchor_for(text: str, taken: dict[str, int]) -> str:
    """The anchor that GitHub gives a heading; `taken` counts those already given."""
    base = _NOT_IN_ANCHOR.sub("", text.strip().lower()).replace(" ", "-") or "section"
    count = taken.get(base, 0)
    taken[base] = count + 1
    return f"{base}-{count}" if count else base


def read_body(data: bytes, start: int) -> Body:
    """The structure of the Markdown that begins at byte `start` of a file."""
    text = data[start:].decode("utf-8")
    reader = _Reader(start)
    for event, extent in pyromark.events_with_range(text, options=markdown_options()):
        reader.take(event, extent["start"] + start, extent["end"] + start)
    return reader.body(len(data))


def heading_text(line: bytes) -> str:
    """The text of a heading's line, without its markup."""
    headings = read_body(line, 0).headings
    return headings[0].text if headings else ""


class _Reader:
    """Collects structure from events. `depth` counts open containers, lists and tables left out."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.depth = 0
        self.silent = 0
        self.headings: list[Heading] = []
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.runs: list[tuple[int, int]] = []
        self.codes: list[tuple[int, int]] = []
        self.code_blocks: list[tuple[int, int]] = []
        self.heading_text: list[str] | None = None
        self.anchors: dict[str, int] = {}

    def take(self, event: Any, start: int, end: int) -> None:
        if isinstance(event, str):
            if event == "Rule" and self.depth == 0:
                self.blocks.append(Block("rule", start, end))
            elif self.heading_text is not None and event in ("SoftBreak", "HardBreak"):
                self.heading_text.append(" ")
            return
        kind, value = next(iter(event.items()))
        if kind == "Text":
            self._text(value, start, end)
        elif kind == "Code":
            self.codes.append((start, end))
            if self.heading_text is not None:
                self.heading_text.append(value)
        elif kind == "Start":
            self._start(value, start, end)
        elif kind == "End":
            self._end(value, start, end)
        elif kind == "TaskListMarker" and self.depth <= 2:
            self._task(bool(value))

    def _task(self, checked: bool) -> None:
        item = self.blocks[-1]
        if item.kind == "item" and item.checked is None:
            self.blocks[-1] = Block(item.kind, item.start, item.end, checked)

    def _text(self, value: str, start: int, end: int) -> None:
        if self.heading_text is not None:
            self.heading_text.append(value)
        if self.silent:
            return
        if self.runs and self.runs[-1][1] == start:
            self.runs[-1] = (self.runs[-1][0], end)
        else:
            self.runs.append((start, end))

    def _start(self, value: Any, start: int, end: int) -> None:
        tag, detail = _tag_and_detail(value)
        if tag in ("List", "Table"):
            self.depth += self.depth > 0
            return
        if tag in ("Link", "Image"):
            self.links.append(Link(detail["dest_url"], start, end))
        elif tag == "Heading":
            self.heading_text = []
        elif tag in ("CodeBlock", "HtmlBlock"):
            self.silent += 1
            if tag == "CodeBlock":
                self.code_blocks.append((start, end))
        if self.depth == 0:
            kind = _BLOCK_KINDS.get(tag)
            if kind:
                self.blocks.append(Block(kind, start, end))
        self.depth += 1

    def _end(self, value: Any, start: int, end: int) -> None:
        tag, detail = _tag_and_detail(value)
        if tag in ("List", "Table"):
            self.depth -= self.depth > 0
            return
        self.depth -= 1
        if tag in ("CodeBlock", "HtmlBlock"):
            self.silent -= 1
        elif tag == "Heading":
            self._heading(_HEADING_LEVELS[detail], start, end)

    def _heading(self, level: int, start: int, end: int) -> None:
        text = "".join(self.heading_text or []).strip()
        self.heading_text = None
        if self.depth == 0:
            anchor = anchor_for(text, self.anchors)
            self.headings.append(Heading(level, text, anchor, start, end))

    def body(self, end: int) -> Body:
        return Body(
            self.start,
            tuple(self.headings),
            tuple(self._sections(end)),
            tuple(self.blocks),
            tuple(self.links),
            tuple(self.runs),
            tuple(self.codes),
            tuple(self.code_blocks),
        )

    def _sections(self, end: int) -> Iterator[Section]:
        tops = [heading for heading in self.headings if heading.level <= 2]
        starts = [block.start for block in self.blocks]
        for number, heading in enumerate(tops):
            stop = tops[number + 1].start if number + 1 < len(tops) else end
            if heading.level == 2:
                # Looking through all blocks for each heading would take hours for some bodies.
                first, last = bisect_right(starts, heading.start), bisect_left(starts, stop)
                yield Section(heading.text, heading, stop, tuple(self.blocks[first:last]))


def _tag_and_detail(value: Any) -> tuple[str, Any]:
    """A tag event's name with its details, which simple tags don't have."""
    return (value, None) if isinstance(value, str) else next(iter(value.items()))


_BLOCK_KINDS = {
    "Paragraph": "paragraph",
    "Item": "item",
    "CodeBlock": "code",
    "TableHead": "table-head",
    "TableRow": "table-row",
    "BlockQuote": "quote",
    "Heading": "heading",
    "HtmlBlock": "html",
    "FootnoteDefinition": "footnote",
    "DefinitionList": "other",
    "MetadataBlock": "other",
}
