"""The entries of append-only sections, and the form in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from govkb.reading import Block, Record, Section

_MARKER = re.compile(r"\A(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One block of an append-only section. `text` is normalised; equal texts are equal entries."""

    section: str
    text: str
    block: Block


def entries_of(record: Record, section_name: str) -> list[Entry]:
    """The entries of every section of this name or one of its aliases, in the order of the text.

    HTML is no entry: what is inside a comment can't be read by anyone.
    """
    return [
        Entry(section_name, normalise(record.source.text(block.start, block.end)), block)
        for section in _sections(record, section_name)
        for block in section.blocks
        if block.kind not in ("html", "rule")
    ]


def normalise(text: str) -> str:
    """A text without what no reader sees: Unicode form, line ends, trailing blanks, list marker."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.rstrip() for line in _MARKER.sub("", text.strip()).split("\n")]
    return "\n".join(line.lstrip() if number else line for number, line in enumerate(lines)).strip()


def _sections(record: Record, name: str) -> Iterator[Section]:
    headings = (record.type.headings_of(name) if record.type else None) or {name.casefold()}
    return (s for s in record.body.sections if s.name.casefold() in headings)
