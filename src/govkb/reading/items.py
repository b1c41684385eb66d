"""The items of a record: what its type gives a meaning, wherever and however it is written."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, NamedTuple

import msgspec

from govkb.reading.body import Block, read_body
from govkb.reading.plain_lists import plain_items
from govkb.reading.record import Record
from govkb.record_types.items import NAME, STATE, TEXT, ItemType
from govkb.source import Span

Path = tuple[str | int, ...]

_MARKER = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_POINT = re.compile(r"(?P<indent>[ \t]+)(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?P<rest>.*)", re.DOTALL)
_PAIR = re.compile(
    r"(?:\*\*|__)?(?P<key>[^\W_][\w #-]{0,40}?)[ \t]*(?::(?:\*\*|__)?|(?:\*\*|__):)(?:\s+|\Z)"
    r"(?P<value>.*)",
    re.DOTALL,
)
_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})")
_WRAPPED = re.compile(r"(?P<mark>\*\*|__|[*_`])(?P<inner>(?:(?!(?P=mark)).)+)(?P=mark)", re.DOTALL)
_CELL = re.compile(r"(?:\\.|[^|\\])*")
_PAIR_LINE = re.compile(r"[ \t]*(?P<key>[A-Za-z][A-Za-z0-9_-]{0,40})[ \t]*=")
_WORD_END = re.compile(r"[\W_]|\Z")


class Value(NamedTuple):
    """A value as it is written; offsets are in bytes of the file, and zero in frontmatter."""

    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Item:
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


def items_of(record: Record, kind: str | None = None) -> list[Item]:
    """The items of a record, or those of one kind, in the order in which it has them."""
    if record.type is None or not record.type.items:
        return []
    found = record.text.items
    if found is None:
        kinds = record.type.items
        found = record.text.items = {name: [] for name in kinds}
        if record.text.kept_items:
            for item in _read_back(kinds, record.text.kept_items):
                found[item.kind.kind].append(item)
        else:
            found.update((name, list(_items(record, kind))) for name, kind in kinds.items())
    if kind is not None:
        return found.get(kind, [])
    return [item for items in found.values() for item in items]


class _Written(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """An item as it is kept with its file: with the name of its kind."""

    kind: str
    name: str
    text: str
    state: str
    values: dict[str, Value]
    start: int
    end: int
    path: Path
    checked: bool | None
    written_state: str | None


def written_down(record: Record) -> bytes:
    """The items of a record in a form that can be kept; empty where its type has none."""
    if record.type is None or not record.type.items:
        return b""
    written = [
        _Written(item.kind.kind, *(getattr(item, name) for name in _Written.__struct_fields__[1:]))
        for item in items_of(record)
    ]
    return msgspec.msgpack.encode(written)


def _read_back(kinds: Mapping[str, ItemType], data: bytes) -> Iterator[Item]:
    for kept in msgspec.msgpack.decode(data, type=list[_Written]):
        yield Item(
            kinds[kept.kind],
            kept.name,
            kept.text,
            kept.state,
            kept.values,
            kept.start,
            kept.end,
            kept.path,
            kept.checked,
            kept.written_state,
        )


def plain_name(name: str) -> str:
    """A short name as it is compared: `AC #3` is `ac3`."""
    return re.sub(r"[\s#*_`]+", "", name).casefold()


def bare(text: str) -> str:
    """A text without the marks that are around all of it."""
    found = _WRAPPED.fullmatch(text.strip())
    return (found["inner"] if found else text).strip()


def _items(record: Record, kind: ItemType) -> Iterator[Item]:
    found = [_item(kind, one) for one in (*_in_field(record, kind), *_in_body(record, kind))]
    taken = {plain_name(item.name) for item in found}
    for number, item in enumerate(found, 1):
        name = item.name or next(n for n in map(kind.numbered, count(number)) if _is_free(n, taken))
        yield item if item.name else replace(item, name=name)


def _is_free(name: str, taken: set[str]) -> bool:
    """Whether no item has a name; from now on one has."""
    plain = plain_name(name)
    is_free = plain not in taken
    taken.add(plain)
    return is_free


@dataclass(slots=True)
class _Found:
    """What stands somewhere, before it is known what it means."""

    text: str
    start: int
    end: int
    values: dict[str, Value]
    path: Path = ()
    checked: bool | None = None
    # Whether the text may begin with the short name.
    may_lead: bool = True


def _item(kind: ItemType, found: _Found) -> Item:
    """An item, without a name where none is written."""
    values = dict(found.values)
    name, said = values.pop(NAME, None), values.pop(STATE, None)
    text = values.pop(TEXT, Value(found.text)).text.strip()
    short = bare(name.text) if name is not None else ""
    if not short and found.may_lead:
        short, text = _lead(kind, text)
    implied = (state for value, state in kind.implies.items() if value in values)
    state, written = _state(kind, found.checked, bare(said.text) if said is not None else "")
    if said is None and not found.checked:
        state = next(implied, state)
    return Item(
        kind,
        short,
        text,
        state,
        values if said is None else {**values, STATE: said},
        found.start,
        found.end,
        found.path,
        found.checked,
        written,
    )


def _lead(kind: ItemType, text: str) -> tuple[str, str]:
    """The short name that a text begins with, empty where there is none, and what follows."""
    found = kind.lead.match(text) if kind.lead is not None else None
    if found is None:
        return "", text
    return re.sub(r"[\s#]+", "", found["name"] or found["bold"]), text[found.end() :]


def _state(kind: ItemType, checked: bool | None, said: str) -> tuple[str, str | None]:
    """The state, and what is written in its place where that is none."""
    if said:
        # `done, !31` says more than the state.
        for state in sorted(kind.states, key=len, reverse=True):
            rest = said[len(state) :]
            if said[: len(state)].casefold() == state.casefold() and _WORD_END.match(rest):
                return state, None
        return kind.states[0], said
    return (kind.ticked if checked else kind.states[0]), None


def _in_field(record: Record, kind: ItemType) -> Iterator[_Found]:
    values = record.metadata.get(kind.in_field) if kind.in_field is not None else None
    for number, value in enumerate(values if isinstance(values, list) else ()):
        assert kind.in_field is not None
        path = (kind.in_field, number)
        fields = value if isinstance(value, dict) else {TEXT: value}
        said = {
            kind.headings.get(str(key).replace("_", " ").casefold(), str(key)): Value(_shown(each))
            for key, each in fields.items()
            if each is not None
        }
        yield _Found("", *record.extent_of(path, value=True), said, path, may_lead=False)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _in_body(record: Record, kind: ItemType) -> Iterator[_Found]:
    for start, end in _extents(record, kind.sections):
        # The rest of the body changes nothing about what stands in the section.
        blocks = plain_items(record.source.data, start, end)
        if blocks is None:
            blocks = read_body(record.source.data[:end], start).blocks
        if kind.written != "table":
            yield from (_point(record, kind, b) for b in blocks if b.kind == "item")
        if kind.written != "list":
            yield from _in_tables(record, kind, blocks)
        if kind.is_fenced:
            yield from _in_fences(record, kind, blocks)


def _extents(record: Record, sections: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the sections of these names, or of their aliases, begin and end."""
    if not sections or record.type is None:
        return
    outline = record.outline
    known = record.type.sections
    for name in sections:
        section = known.get(name)
        within = section.within if section is not None else None
        for heading in (name, *(section.aliases if section is not None else ())):
            found = outline.section(heading, within)
            if found is None and section is None:
                found = _anywhere(record, heading)
            if found is not None:
                yield found.heading.end, found.end
                break


def _anywhere(record: Record, heading: str) -> Any:
    """The first part under `###` of this name, in whatever section."""
    parts = (p for s in record.outline.sections() for p in record.outline.subsections(s))
    return next((part for part in parts if part.name.casefold() == heading.casefold()), None)


def _point(record: Record, kind: ItemType, block: Block) -> _Found:
    """A point of a list: its text, and the points below it that say a value of the kind."""
    text: list[str] = []
    values: dict[str, Value] = {}
    open_value: tuple[str, int, list[str]] | None = None
    indent, fence, at = None, "", block.start
    for line in record.source.data[block.start : block.end].splitlines(keepends=True):
        start, at = at, at + len(line)
        shown = line.decode()
        nested = None if fence else _POINT.match(shown)
        if nested is not None and (indent is None or len(nested["indent"]) <= indent):
            indent = len(nested["indent"])
            open_value = _pair(kind, nested["rest"], start, len(shown) - len(nested["rest"]))
        elif open_value is None:
            if nested is None or indent is None:
                text.append(shown)
        else:
            open_value[2].append(shown)
        if open_value is not None:
            name, begin, lines = open_value
            said = "".join(lines)
            begin += len(said[: len(said) - len(said.lstrip())].encode())
            values[name] = Value(_together(lines), begin, begin + len(said.strip().encode()))
        fence = _fence_after(fence, nested["rest"] if nested is not None else shown)
    said = _MARKER.sub("", "".join(text), count=1)
    return _Found(_together([said]), block.start, block.end, values, checked=block.checked)


def _fence_after(fence: str, line: str) -> str:
    """The fence that is open after a line; empty where none is."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found["fence"]
    return "" if found["fence"].startswith(fence) else fence


def _pair(kind: ItemType, rest: str, start: int, before: int) -> tuple[str, int, list[str]] | None:
    """The value that a point says, where it is one of the kind's: its name, place and lines."""
    found = _PAIR.match(rest)
    name = kind.headings.get(" ".join(found["key"].casefold().split())) if found else None
    if found is None or name is None:
        return None
    # What stands in front of a point is ASCII: blanks and a marker.
    begin = start + before + len(rest[: found.start("value")].encode())
    return name, begin, [found["value"]]


def _together(lines: list[str]) -> str:
    """Lines without the margin that they share; the first has none."""
    first, *rest = "".join(lines).splitlines() or [""]
    if not first.strip():
        return textwrap.dedent("\n".join(rest)).strip()
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return "\n".join((first.strip(), *(line[margin:].rstrip() for line in rest))).strip()


def _in_tables(record: Record, kind: ItemType, blocks: Sequence[Block]) -> Iterator[_Found]:
    """The rows of the tables that have a column for the first thing that the kind asks of one."""
    columns: list[str | None] = []
    for block in blocks:
        if block.kind == "table-head":
            heads = [bare(cell.text).casefold() for cell in _cells(record, block)]
            columns = [_column(kind, head) for head in heads]
            if not ({kind.key} if kind.key else {NAME, TEXT}) & set(columns):
                columns = []
        elif block.kind == "table-row" and columns:
            cells = zip(columns, _cells(record, block), strict=False)
            said = {name: cell for name, cell in cells if name is not None and cell.text}
            if said:
                yield _Found("", block.start, block.end, said)


def _in_fences(record: Record, kind: ItemType, blocks: Sequence[Block]) -> Iterator[_Found]:
    """The fenced blocks of lines `key=value`; the paragraph in front of one says what it is."""
    before: Block | None = None
    for block in blocks:
        pairs = _pairs(record, block) if block.kind == "code" else ()
        values = {
            name: Value(text, start, start + len(text.encode()))
            for key, text, start in pairs
            if (name := kind.headings.get(re.sub("[_-]", " ", key).casefold())) is not None
        }
        if values:
            is_said = before is not None and before.kind == "paragraph"
            text = record.source.text(before.start, before.end) if before and is_said else ""
            yield _Found(text.strip(), block.start, block.end, values)
        before = block


def _pairs(record: Record, block: Block) -> Iterator[tuple[str, str, int]]:
    """The lines `key=value` of a block of code, each value with its place."""
    at = block.start
    for line in record.source.data[block.start : block.end].splitlines(keepends=True):
        shown = line.decode()
        found = _PAIR_LINE.match(shown)
        if found is not None:
            lead = shown[: len(shown) - len(shown[found.end() :].lstrip())]
            yield found["key"], shown[found.end() :].strip(), at + len(lead.encode())
        at += len(line)


def _column(kind: ItemType, heading: str) -> str | None:
    """The value that a column is for: `Question, as far as known` is the one for questions."""
    plain = re.split(r"[,(:]", heading, maxsplit=1)[0].strip()
    return kind.headings.get(heading) or kind.headings.get(plain)


def _cells(record: Record, block: Block) -> list[Value]:
    data = record.source.data[block.start : block.end]
    row = data.decode().strip("\n")
    lead = len(row) - len(row.lstrip())
    at = lead + (row.lstrip()[:1] == "|")
    cells = []
    while at < len(row.rstrip()):
        found = _CELL.match(row, at)
        assert found is not None
        text = found[0]
        begin = block.start + len(row[: at + len(text) - len(text.lstrip())].encode())
        shown = text.strip().replace("\\|", "|")
        cells.append(Value(shown, begin, begin + len(text.strip().encode())))
        at = found.end() + 1
    return cells
