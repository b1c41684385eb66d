"""Tables of classes: which class lays claim to a name, the most specific one first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from govkb.globs import Matches, wildcard_matcher
from govkb.reading import Record
from govkb.reading.items import Item, items_of
from govkb.record_types.items import ItemType

# So that a table that goes on and on stays cheap.
_MOST_NAMES, _MOST_GLOBS = 500, 200
_CODE = re.compile(r"`([^`\s]+)`")
_WORD = re.compile(r"[^\s,;`]+")
_SPECIAL = re.compile(r"[*?]")


class Member(NamedTuple):
    """A pattern with the class that has it."""

    item: Item
    pattern: str

    @property
    def is_glob(self) -> bool:
        """Whether it is more than a name."""
        return _SPECIAL.search(self.pattern) is not None


@dataclass(slots=True)
class ClassTable:
    """The classes of a record: those that name something, by name, and those that describe it.

    `by` is the value with the patterns; `defaults` are the classes of whatever is left.
    """

    by: str
    named: dict[str, list[Member]] = field(default_factory=dict)
    globs: list[tuple[Member, Matches]] = field(default_factory=list)
    defaults: list[Member] = field(default_factory=list)

    def claims(self, name: str) -> list[Member]:
        """Those with the most specific claim to a name; none where only a default has one."""
        named = self.named.get(name.casefold())
        if named is not None:
            return named
        return [member for member, fits in self.globs if fits(name.casefold())]


def class_table(kind: ItemType, items: Iterable[Item]) -> ClassTable:
    """The patterns of classes, without those that can't be used."""
    assert kind.classes is not None
    table = ClassTable(kind.classes.by)
    for item in items:
        text = item.value(table.by)
        if _first_word(text) == kind.classes.default:
            table.defaults.append(Member(item, kind.classes.default))
            continue
        for pattern in (*_CODE.findall(text), *_plain(_CODE.sub("", text))):
            member = Member(item, pattern)
            if not member.is_glob:
                table.named.setdefault(pattern.casefold(), []).append(member)
            elif len(table.globs) < _MOST_GLOBS:
                table.globs.append((member, wildcard_matcher(pattern.casefold())))
    return table


def names_to_classify(record: Record, kind: ItemType, table: ClassTable) -> list[str]:
    """What the classes name, and what the record names where the declaration of the kind says."""
    assert kind.classes is not None
    named = (members[0].pattern for members in table.named.values())
    elsewhere = (name for path in kind.classes.of for name in _named_in(record, path))
    names: dict[str, str] = {}
    for name in (*elsewhere, *named):
        names.setdefault(name.casefold(), name)
    return list(islice(names.values(), _MOST_NAMES))


def _named_in(record: Record, path: tuple[str, ...]) -> Iterator[str]:
    if len(path) > 1:
        for item in items_of(record, path[0]):
            yield from _plain(item.value(path[1]))
        return
    value = record.effective.get(path[0])
    for each in value if isinstance(value, list) else (value,):
        if isinstance(each, str):
            yield from _plain(each)


def _plain(text: str) -> list[str]:
    """The names in a text without code: between commas, each a word of its own."""
    return [part.strip("` ") for part in re.split(r"[,;]", text) if len(part.split()) == 1]


def _first_word(text: str) -> str:
    found = _WORD.match(text)
    return found[0].casefold() if found else ""
