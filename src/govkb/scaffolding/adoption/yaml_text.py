"""YAML that people read: one line a fact, with what it rests on in a comment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

_MAX_LINE = 100


def entry(indent: int, key: str, value: Any, comment: str = "") -> list[str]:
    """The lines of `key: value`; what doesn't fit on one is written as a block."""
    flow = inline(value)
    lead = f"{' ' * indent}{inline(key)}:"
    note = f" # {shown(comment)}" if comment else ""
    is_nested = isinstance(value, Mapping) and any(
        isinstance(v, Mapping) and len(v) > 1 for v in value.values()
    )
    is_plain = not isinstance(value, Mapping | list)
    if is_plain or (not is_nested and len(lead) + 1 + len(flow) <= _MAX_LINE):
        return [f"{lead} {flow}{note}"]
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=_MAX_LINE)
    inner = " " * (indent + 2)
    return [f"{lead}{note}", *(f"{inner}{line}" for line in text.splitlines())]


def item(indent: int, value: Any, comment: str = "") -> str:
    """The line of a list item."""
    note = f" # {shown(comment)}" if comment else ""
    return f"{' ' * indent}- {inline(value)}{note}"


def inline(value: Any) -> str:
    """A value on one line."""
    text = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9
    )
    return text.strip().removesuffix("\n...").strip()


def shown(text: str) -> str:
    """A text that may stand in a comment: on one line, without anything invisible."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
