"""Items that records hand on to each other, and what counts as closing one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govkb.history import entries_of, normalise
from govkb.queries.alikeness import SAME, alikeness
from govkb.reading import Record

_BOX = re.compile(r"\A\[[ xX]\][ \t]+")
_STRUCK = re.compile(r"\A~~(?P<text>.+?)~~(?P<rest>.*)\Z", re.DOTALL)
_BOLD = re.compile(r"\A(?:\*\*|__)(?P<lead>.+?)(?:\*\*|__)", re.DOTALL)
_LEAD_END = re.compile(r"[ \t\n]+[-—–][ \t\n]|[:;.,(](?:\s|\Z)")
_MARKUP = re.compile(r"[*_`~\[\]]")
# Requests, tickets and links are references too, also between backticks.
_REFERENCE = re.compile(r"(?<![\w&])[!#][0-9]+\b|\]\([^)\s]+\)|https?://\S+")
_SPEAKING = ("item", "paragraph", "table-row", "quote")


class Item(NamedTuple):
    """An item as a record words it; offsets are in bytes of its file."""

    text: str
    start: int
    end: int
    checked: bool | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is neither ticked nor struck out."""
        return self.checked is not True and not _STRUCK.match(self.text)

    @property
    def lead(self) -> str:
        """Its first words in bold type, else those before the first dash or colon."""
        bold = _BOLD.match(self.text)
        if bold is not None:
            return _plain(bold["lead"]).rstrip(":.;, ")
        end = _LEAD_END.search(self.text)
        return _plain(self.text[: end.start()] if end else self.text)


def items_in(record: Record, section: str) -> list[Item]:
    """The items of a section."""
    return [
        Item(_BOX.sub("", entry.text), entry.block.start, entry.block.end, entry.block.checked)
        for entry in entries_of(record, section)
        if entry.block.kind == "item"
    ]


def statements_in(record: Record) -> Iterator[Item]:
    """Everything that a body says, piece by piece."""
    for block in record.body.blocks:
        if block.kind in _SPEAKING:
            text = normalise(record.source.text(block.start, block.end), block.kind)
            yield Item(_BOX.sub("", text), block.start, block.end, block.checked)


def is_item_again(item: Item, other: Item) -> bool:
    """Whether another record's statement says the same, ticked or not."""
    if _STRUCK.match(other.text):
        return False
    return item.text == other.text or alikeness(item.text, other.text) >= SAME


def has_reference(statement: Item, cited: Iterable[int]) -> bool:
    """Whether a statement names something; `cited` says where its record names other records."""
    is_cited = any(statement.start <= place < statement.end for place in cited)
    return is_cited or bool(_REFERENCE.search(statement.text))


def closes(item: Item, other: Item) -> bool:
    """Whether a statement with a reference strikes an item out, or names it."""
    struck = _STRUCK.match(other.text)
    if struck is not None:
        return alikeness(item.text, struck["text"]) >= SAME
    lead = re.escape(item.lead.casefold())
    return bool(lead) and bool(re.search(rf"(?<!\w){lead}(?!\w)", _plain(other.text).casefold()))


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())
