"""The entries of append-only sections, the form in which they are compared, and their digests.

`docs/ledger-format.md` specifies all of it, with test vectors.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from govkb.reading import Block, Record, Section
from govkb.reading.body import read_body

# The name under which a whole body that only grows is one section.
WHOLE_BODY = "*"
_TAG = b"govkb-entry-1\n"
_MARKER = re.compile(r"\A[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|(?=\n)|\Z)")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_PIPE = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_TOMBSTONE = re.compile(
    r"\[redacted L-(?P<digest>[0-9a-f]{8,64}) on (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}): "
    r"(?P<reason>[^\n]*\S)\]"
)
# HTML is no entry: what is inside a comment can't be read by anyone. Nor is a rule, which says
# nothing.
_SILENT = ("html", "rule")


class Entry(Struct, frozen=True):
    """One block of an append-only section.

    `text` is normalised; equal texts are equal entries. `digest` is 64 hexadecimal digits.
    """

    section: str
    text: str
    block: Block
    digest: str

    @property
    def name(self) -> str:
        """The short name by which people speak of it."""
        return name_of(self.digest)

    @property
    def tombstone_for(self) -> str | None:
        """The first digits of the digest of the entry that was redacted here, if one was."""
        found = _TOMBSTONE.fullmatch(self.text.rstrip("|"))
        return found["digest"] if found else None


def entries_of(record: Record, section_name: str) -> list[Entry]:
    """The entries of every section of this name or one of its aliases, in the order of the text.

    The name `*` stands for the whole body.
    """
    data = record.source.data
    return [
        entry
        for block in _blocks(record, section_name)
        if block.kind not in _SILENT
        for entry in [_entry(record.id, section_name, data, block)]
    ]


def append_only_sections(record: Record) -> Sequence[str]:
    """The names of the sections of a record whose blocks are entries."""
    return record.type.append_only_sections if record.type is not None else ()


def entries_among(record: Record) -> Iterator[Entry]:
    """The entries of all of a record's append-only sections."""
    for name in append_only_sections(record):
        yield from entries_of(record, name)


def digest_of(record_id: str, section: str, text: str) -> str:
    """The SHA-256 digest of an entry: of a tag, then the length and bytes of each part."""
    hashed = hashlib.sha256(_TAG)
    for part in (record_id, section, text):
        data = part.encode("utf-8", "surrogatepass")
        hashed.update(b"%d:%b\n" % (len(data), data))
    return hashed.hexdigest()


def name_of(digest: str) -> str:
    """The short name of an entry with this digest."""
    return f"L-{digest[:8]}"


def tombstone(digest: str, day: str, reason: str) -> str:
    """What stands in the place of a redacted entry."""
    return f"[redacted {name_of(digest)} on {day}: {reason}]"


def normalise(text: str, kind: str = "item") -> str:
    """A text without what no reader sees: Unicode form, line ends, margins, list marker.

    `text` begins at the start of its first line, so that every line has its whole margin.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.strip("\n")
    if kind == "item":
        text = _MARKER.sub(lambda found: " " * len(found[0].expandtabs(4)), text)
    elif kind in ("table-head", "table-row"):
        text = _PIPE.sub("|", text.strip(" \t\n")).removeprefix("|").removesuffix("|")
    text = _TRAILING.sub("", _INDENT.sub(lambda found: found[0].expandtabs(4), text))
    lines = text.split("\n")
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line), default=0)
    return "\n".join(line[margin:] for line in lines).strip(" \n")


def _entry(record_id: str, section: str, data: bytes, block: Block) -> Entry:
    start = data.rfind(b"\n", 0, block.start) + 1
    if data[start : block.start].strip():
        start = block.start
    text = normalise(data[start : block.end].decode(), block.kind)
    return Entry(section, text, block, digest_of(record_id, section, text))


def _blocks(record: Record, name: str) -> Iterator[Block]:
    if name == WHOLE_BODY:
        yield from record.body.blocks
        return
    headings = (record.type.headings_of(name) if record.type else None) or {name.casefold()}
    for section in record.outline.sections():
        if section.name.casefold() in headings:
            # The rest of the body changes nothing about what stands in the section.
            part = read_body(record.source.data[: section.end], section.heading.start)
            yield from _below_heading(part.sections)


def _below_heading(sections: tuple[Section, ...]) -> Iterator[Block]:
    for section in sections:
        yield from section.blocks
