"""Entries that are still in the file, where no reader sees them: in code, or in a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkb.history.entries import Entry, digest_of, normalise
from govkb.reading import Block, Record
from govkb.reading.body import read_body

_MARKUP = re.compile(rb"<!--|-->|<!\[CDATA\[|\]\]>|</?[A-Za-z][^<>]*>")
_FENCE = re.compile(rb"^[ ]{0,3}(?:`{3,}|~{3,})[^\n]*$", re.MULTILINE)


def hidden_entries(record: Record, section: str) -> Iterator[Entry]:
    """The entries that the code blocks, comments and HTML of a record would show if they weren't.

    Each has the place of what hides it.
    """
    data = record.source.data
    for block in record.body.blocks:
        if block.kind in ("code", "html"):
            yield from _inside(record, section, block, data[block.start : block.end])


def _inside(record: Record, section: str, block: Block, data: bytes) -> Iterator[Entry]:
    text = _FENCE.sub(b"", data) if block.kind == "code" else _MARKUP.sub(b"", data)
    # A comment may begin in the line of an entry, and code may be indented by as much as makes it.
    for form in (text, re.sub(rb"^ {4}|^\t", b"", text, flags=re.MULTILINE)):
        for inner in read_body(form, 0).blocks:
            start = form.rfind(b"\n", 0, inner.start) + 1
            shown = normalise(form[start : inner.end].decode("utf-8", "replace"), inner.kind)
            yield Entry(section, shown, block, digest_of(record.id, section, shown))
