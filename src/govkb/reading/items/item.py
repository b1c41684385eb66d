"""An item of a record, and what is known of one before it is known what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from msgspec import Struct

from govkb.reading.record import Record
from govkb.record_types.items import TEXT, ItemType
from govkb.source import Span

Path = tuple[str | int, ...]

_WRAPPED = re.compile(r"(?P<mark>\*\*|__|[*_`])(?P<inner>(?:(?!(?P=mark)).)+)(?P=mark)", re.DOTALL)


class Value(NamedTuple):
    """A value as it is written; offsets are in bytes of the file, and zero in frontmatter."""

    text: str
    start: int = 0
    end: int = 0


class Item(Struct, frozen=True):
    """One item of a record.

    `name` is its short name, `text` what it says, in Markdown. `state` is one of the kind's states;
    where another is written, that is `written_state` and the item counts as open. `values` are by
    name. `start` and `end` are its bytes in the file; in the frontmatter `path` leads to it.
    """

    kind: ItemType
    name: str
    text: str
    state: str
    values: Mapping[str, Value]
    start: int
    end: int
    path: Path = ()
    checked: bool | None = None
    written_state: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing has ended it."""
        return self.state not in self.kind.done

    @property
    def anchor(self) -> str:
        """Its anchor on the record's page."""
        return self.kind.anchor(self.name)

    def value(self, name: str) -> str:
        """A value under its own name, without the marks around it; empty where there is none."""
        if name == TEXT:
            return self.text
        found = self.values.get(name)
        text = bare(found.text) if found is not None else ""
        return self.kind.spellings.get(name, {}).get(text, text)

    def span_in(self, record: Record, value: str | None = None) -> Span:
        """Where it stands in its record, or one of its values does."""
        return record.source.span(*self.extent_in(record, value))

    def extent_in(self, record: Record, value: str | None = None) -> tuple[int, int]:
        """The same as byte offsets."""
        if self.path:
            return record.extent_of((*self.path, value) if value else self.path, value=True)
        found = self.values.get(value) if value else None
        return (found.start, found.end) if found is not None else (self.start, self.end)


@dataclass(slots=True)
class Found:
    """What stands somewhere, before it is known what it means."""

    text: str
    start: int
    end: int
    values: dict[str, Value]
    path: Path = ()
    checked: bool | None = None
    # Whether the text may begin with the short name.
    may_lead: bool = True


def plain_name(name: str) -> str:
    """A short name as it is compared: `AC #3` is `ac3`."""
    return re.sub(r"[\s#*_`]+", "", name).casefold()


def bare(text: str) -> str:
    """A text without the marks that are around all of it."""
    found = _WRAPPED.fullmatch(text.strip())
    return (found["inner"] if found else text).strip()
