"""Where the values of a YAML mapping stand, as far as somebody needs to know who changes one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct

from govkb import strict_yaml


class YamlValue(Struct, frozen=True):
    """Where the value of a key is, in characters; `last` ends a list's last item.

    `kind` is list, flow-list, nothing, scalar, block (a mapping, or a text, over several lines) or
    other. `quote` is that of a scalar. Where the list `ends_in_flow` its last item is in braces.
    """

    kind: str
    start: int
    end: int
    last: int | None = None
    column: int = 0
    quote: str = ""
    ends_in_flow: bool = False


def values_in(text: str) -> dict[str, YamlValue]:
    """The values of the top-level keys of a mapping. Raises yaml.YAMLError for what is no YAML."""
    events = iter(strict_yaml.events(text))
    while not isinstance(next(events, None), yaml.MappingStartEvent | None):
        pass
    found: dict[str, YamlValue] = {}
    while isinstance(key := next(events, None), yaml.ScalarEvent):
        found[key.value] = _read_value(events)
    return found


def line_end(text: str, at: int) -> int:
    """The place of the next line end, or the end of the text."""
    found = text.find("\n", at)
    return found if found >= 0 else len(text)


def _read_value(events: Iterator[Any]) -> YamlValue:
    """The value that begins with the next event."""
    first = next(events)
    start, end = first.start_mark.index, _end(first)
    if isinstance(first, yaml.ScalarEvent):
        return _scalar(first, start, end)
    depth, last, is_flow = 1, None, False
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            if depth == 1:
                is_flow = isinstance(event, yaml.MappingStartEvent) and bool(event.flow_style)
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            if depth == 0:
                end = _end(event)
                break
        # What ends without a sign of its own ends only after the comments behind it.
        if isinstance(event, yaml.ScalarEvent) or event.start_mark.index < _end(event):
            last = _end(event)
    if isinstance(first, yaml.MappingStartEvent):
        return YamlValue("other" if first.flow_style else "block", start, end)
    kind = "flow-list" if first.flow_style else "list"
    return YamlValue(kind, start, end, last, first.start_mark.column, "", is_flow)


def _scalar(event: Any, start: int, end: int) -> YamlValue:
    if start >= end:
        return YamlValue("nothing", start, end)
    style = event.style or ""
    if style in ("|", ">"):
        return YamlValue("block", start, end)
    return YamlValue("scalar", start, end, quote=style)


def _end(event: Any) -> int:
    end: int = event.end_mark.index
    return end
