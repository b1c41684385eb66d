"""The Markdown files of a tree, as far as adoption needs to understand them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from govkb.reading.frontmatter import read_frontmatter
from govkb.reading.outline import Outline, OutlineSection, read_outline
from govkb.scaffolding.adoption.inventory import Inventory, folder_of
from govkb.source import SourceText

_MAX_OPENING = 2000
_BOM = b"\xef\xbb\xbf"


class Document(Struct, frozen=True):
    """One Markdown file. `metadata` is None where it has no frontmatter.

    `sections` are the texts of its `##` headings, each once; `opening` are the lines before the
    first of them, `status` the first line of the section of that name.
    """

    path: str
    metadata: Mapping[str, Any] | None
    sections: tuple[str, ...]
    title: str = ""
    opening: tuple[str, ...] = ()
    status: str = ""

    @property
    def folder(self) -> str:
        """The folder it is in; empty at the top."""
        return folder_of(self.path)

    @property
    def stem(self) -> str:
        """The file name without its extension."""
        return self.path.rpartition("/")[2][:-3]

    @property
    def id(self) -> str:
        """The id that it states, else the one that its file name is."""
        value = (self.metadata or {}).get("id")
        return value if isinstance(value, str) and value else self.stem

    @property
    def declared_type(self) -> str | None:
        """What its frontmatter calls its type, if anything."""
        value = (self.metadata or {}).get("type")
        return value if isinstance(value, str) and value else None


class Documents(Struct, frozen=True):
    """Those that can be read, in the order of their paths, and why the others can't.

    A README without frontmatter is no record, so it is among neither.
    """

    readable: tuple[Document, ...]
    unreadable: Mapping[str, str]


def read_documents(inventory: Inventory) -> Documents:
    """Every Markdown file of a tree, in the order of the paths."""
    readable = []
    unreadable = {}
    for path in inventory.markdown():
        document = _read(path, inventory.texts[path])
        if isinstance(document, str):
            unreadable[path] = document
        elif document.metadata is not None or document.stem.lower() != "readme":
            readable.append(document)
    return Documents(tuple(readable), unreadable)


def _read(path: str, data: bytes) -> Document | str:
    """The document, or why there is none."""
    data = data.removeprefix(_BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "it is not UTF-8"
    front = read_frontmatter(SourceText(path, data))
    fault = next((f for f in front.faults if f.kind != "missing-frontmatter"), None)
    if fault is not None:
        return fault.message
    outline = read_outline(data, front.body_start)
    names = (section.name for section in outline.sections())
    sections = dict.fromkeys(name for name in names if name and name.isprintable())
    return Document(
        path,
        None if front.is_broken else front.metadata,
        tuple(sections),
        outline.title,
        tuple(_opening(data, outline)),
        _first_line(data, outline.section("Status")),
    )


def _opening(data: bytes, outline: Outline) -> list[str]:
    """The lines with text that stand before the first section, but for the title itself."""
    end = next((h.start for h in outline.headings if h.level > 1), outline.end)
    title = next((h.end for h in outline.headings if h.level == 1), outline.start)
    lines = data[title : min(end, title + _MAX_OPENING)].decode("utf-8", "replace").splitlines()
    return [line for line in lines if line.strip()]


def _first_line(data: bytes, section: OutlineSection | None) -> str:
    text = data[section.heading.end : section.end].strip() if section else b""
    return text.partition(b"\n")[0].decode("utf-8", "replace").strip()
