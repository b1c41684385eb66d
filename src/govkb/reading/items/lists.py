"""Items that are points of lists."""

from __future__ import annotations

import re
import textwrap

from govkb.reading.body import Block
from govkb.reading.items.item import Found, Value
from govkb.reading.record import Record
from govkb.record_types.items import ItemType

_MARKER = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_POINT = re.compile(r"(?P<indent>[ \t]+)(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?P<rest>.*)", re.DOTALL)
_PAIR = re.compile(
    r"(?:\*\*|__)?(?P<key>[^\W_][\w #-]{0,40}?)[ \t]*(?::(?:\*\*|__)?|(?:\*\*|__):)(?:\s+|\Z)"
    r"(?P<value>.*)",
    re.DOTALL,
)
_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})")


def point(record: Record, kind: ItemType, block: Block) -> Found:
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
    return Found(_together([said]), block.start, block.end, values, checked=block.checked)


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
