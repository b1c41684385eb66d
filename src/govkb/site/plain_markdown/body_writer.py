"""A record's Markdown written anew from its events, with references as links to files.

Only what the events say is written, in the one form that all dialects read alike; raw HTML becomes
text. So what a record means can't depend on the generator that reads the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyromark

from govkb.reading import Record
from govkb.reading.body import markdown_options
from govkb.record_text import markdown as escaping
from govkb.site.linking import Linker

_MARKS = {"Emphasis": "*", "Strong": "**", "Strikethrough": ""}
_BLOCKS = frozenset(
    {
        "BlockQuote",
        "CodeBlock",
        "FootnoteDefinition",
        "Heading",
        "HtmlBlock",
        "List",
        "Paragraph",
        "Table",
    }
)
_RULES = {"Left": ":--", "Center": ":-:", "Right": "--:"}
_INDENT = "    "
# Two lists in a row would be one.
_BETWEEN_LISTS = "&#8203;"
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)


class BodyWriter:
    """Writes one document. Blocks are lists of lines; a container indents those inside it."""

    def __init__(self, record: Record, linker: Linker) -> None:
        self.record = record
        self.linker = linker
        self.events: Iterator[Any] = iter(())
        self.in_cell = False

    def write(self, markdown: str, first: int = 0) -> list[str]:
        """The lines, from the byte offset `first` on."""
        found = pyromark.events_with_range(markdown, options=markdown_options())
        self.events = iter([event for event, extent in found if extent["start"] >= first])
        return self._blocks(None)

    def _blocks(self, end: str | None) -> list[str]:
        """The blocks up to the end of the container, with an empty line after each."""
        lines: list[str] = []
        # A tight list item has its words without a paragraph around them.
        loose: list[str] = []
        words = after = ""
        for event in self.events:
            kind, tag, detail = _parts(event)
            if kind == "Text":
                words += tag
                continue
            loose.append(self._prose(words, is_linked=False))
            words = ""
            if kind == "End" and tag == end:
                break
            if kind == "Rule" or (kind == "Start" and tag in _BLOCKS):
                lines += self._paragraph(loose)
                loose = []
                if tag == "List" and after == "List" and lines[-1:] == [""]:
                    lines += [_BETWEEN_LISTS, ""]
                after = tag
                lines += [*self._block(kind, tag, detail), ""]
            else:
                loose.append(self._inline_event(event, is_linked=False))
        return lines + self._paragraph(loose)

    def _paragraph(self, pieces: list[str]) -> list[str]:
        joined = "".join(pieces).strip()
        return [*escaping.at_start(joined).split("\n"), ""] if joined else []

    def _block(self, kind: str, tag: str, detail: Any) -> list[str]:
        if kind == "Rule":
            return ["* * *"]
        match tag:
            case "Heading":
                level = max(int(detail["level"][1]), 2)
                return [f"{'#' * level} {escaping.at_start(self._line(tag))}"]
            case "List":
                return self._list(detail)
            case "BlockQuote":
                title = [f"**{detail}**", ""] if detail else []
                return [f"> {line}".rstrip() for line in (*title, *self._within(tag))]
            case "CodeBlock":
                language = detail.get("Fenced", "") if isinstance(detail, dict) else ""
                return escaping.fenced(self._raw(tag), (language.split() or [""])[0])
            case "HtmlBlock":
                return _trimmed(self._paragraph([_visible(self._raw(tag))]))
            case "FootnoteDefinition":
                note = escaping.line(str(detail))
                return [f"*Note {note}:*", "", *_trimmed(self._blocks(tag))]
            case "Table":
                return self._table(detail)
            case _:
                return _trimmed(self._paragraph([self._inline(tag)]))

    def _within(self, tag: str) -> list[str]:
        return _flattened(_trimmed(self._blocks(tag)))

    def _list(self, first: int | None) -> list[str]:
        lines: list[str] = []
        number = first
        for event in self.events:
            kind, tag, _ = _parts(event)
            if kind == "End":
                break
            inside = self._within(tag)
            mark = "-" if number is None else f"{number}."
            number = None if number is None else number + 1
            opening, *rest = inside or [""]
            lines.append(f"{mark:<3} {opening}".rstrip())
            lines += [f"{_INDENT}{line}".rstrip() for line in rest]
            # Without it some dialects take the next item for a line of this one's last block.
            lines += [""] if rest else []
        return _trimmed(lines)

    def _table(self, alignments: list[str]) -> list[str]:
        rows: list[str] = []
        self.in_cell = True
        for event in self.events:
            kind, tag, _ = _parts(event)
            if kind == "End" and tag == "Table":
                break
            if kind == "Start" and tag in ("TableHead", "TableRow"):
                rows.append(f"| {' | '.join(self._cells(tag))} |")
        self.in_cell = False
        rules = " | ".join(_RULES.get(alignment, "---") for alignment in alignments)
        return [*rows[:1], f"| {rules} |", *rows[1:]]

    def _cells(self, row: str) -> Iterator[str]:
        for event in self.events:
            kind, tag, _ = _parts(event)
            if kind == "End" and tag == row:
                return
            if kind == "Start":
                yield self._line(tag) or " "

    def _line(self, end: str) -> str:
        return " ".join(self._inline(end).split())

    def _inline(self, end: str, *, is_linked: bool = False) -> str:
        """The Markdown of everything up to the end of an element."""
        pieces = []
        words = ""
        for event in self.events:
            kind, tag, _ = _parts(event)
            if kind == "Text":
                # One run of prose can come in several events; an id must not be missed there.
                words += tag
                continue
            pieces.append(self._prose(words, is_linked=is_linked))
            words = ""
            if kind == "End" and tag == end:
                break
            pieces.append(self._inline_event(event, is_linked=is_linked))
        return "".join(pieces)

    def _inline_event(self, event: Any, *, is_linked: bool) -> str:
        kind, tag, detail = _parts(event)
        match kind:
            case "Text":
                return self._prose(tag, is_linked=is_linked)
            case "Code":
                return escaping.code(tag, in_cell=self.in_cell)
            case "SoftBreak":
                return "\n"
            case "HardBreak":
                return "  \n"
            case "Html" | "InlineHtml":
                return _visible(tag)
            case "FootnoteReference":
                return f" (note {escaping.line(tag)})"
            case "TaskListMarker":
                return "[x] " if tag == "True" else "[ ] "
            case "Start" if tag in ("Link", "Image"):
                return self._link(tag, detail, is_linked=is_linked)
            case "Start":
                mark = _MARKS.get(tag, "")
                inside = self._inline(tag, is_linked=is_linked)
                return f"{mark}{inside}{mark}" if inside.strip() == inside != "" else inside
            case _:
                return ""

    def _prose(self, words: str, *, is_linked: bool) -> str:
        if is_linked or not words:
            return escaping.text(words)
        return prose(words, self.record, self.linker)

    def _link(self, tag: str, detail: Any, *, is_linked: bool) -> str:
        target = detail["dest_url"]
        target = f"mailto:{target}" if detail["link_type"] == "Email" else target
        words = self._inline(tag, is_linked=True)
        href = None if is_linked else self.linker.href(target, self.record)
        words = f"Image: {words}" if tag == "Image" else words
        return escaping.link(words, href) if href and words.strip() else words

    def _raw(self, end: str) -> str:
        pieces = []
        for event in self.events:
            kind, tag, _ = _parts(event)
            if kind == "End" and tag == end:
                break
            pieces.append(tag)
        return "".join(pieces)


def prose(words: str, record: Record, linker: Linker) -> str:
    """Text of a record with the ids in it as links."""
    pieces = linker.pieces(words, record)
    return "".join(
        escaping.text(piece) if href is None else escaping.link(escaping.text(piece), href)
        for piece, href in pieces
    )


def _parts(event: Any) -> tuple[str, str, Any]:
    """What kind of event it is, of which element or with which text, and its details."""
    if isinstance(event, str):
        return event, "", None
    kind, value = next(iter(event.items()))
    if isinstance(value, dict):
        tag, detail = next(iter(value.items()))
        return kind, tag, detail
    return kind, str(value), None


def _visible(html: str) -> str:
    """Raw HTML as text; a comment is for nobody who reads."""
    return escaping.text(_COMMENT.sub("", html))


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines


def _flattened(lines: list[str]) -> list[str]:
    """Blocks of code within a list as lines of code: few dialects know a fence in there."""
    found: list[str] = []
    fence = ""
    for line in lines:
        ticks = line[: len(line) - len(line.lstrip("`"))]
        if not fence and len(ticks) >= 3 and "`" not in line[len(ticks) :]:
            fence = ticks
        elif fence and line == fence:
            fence = ""
        else:
            found.append(f"{escaping.code(line)}  " if fence and line.strip() else line)
    return found
