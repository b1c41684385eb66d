"""Lists in YAML files of others, with an item more: everything else stays as it is written."""

from __future__ import annotations

from collections.abc import Sequence

import yaml


def top_level(text: str) -> dict[str, yaml.Node] | None:
    """The values of a block mapping by their keys; None where the text is something else."""
    try:
        top = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    if top is None:
        return {}
    if not isinstance(top, yaml.MappingNode) or top.flow_style:
        return None
    return {key.value: value for key, value in top.value if isinstance(key, yaml.ScalarNode)}


def with_key(text: str, lines: str) -> str:
    """A mapping with some lines at its end."""
    return _ended(text) + lines


def with_item(text: str, items: yaml.Node, item: str, in_flow: str | None = None) -> str | None:
    """A file with one item more at the end of one of its lists, or of a mapping in its place.

    The item is one for a block, without its indentation; `in_flow` is how it is written in
    brackets. None where it can't be told how.
    """
    if not isinstance(items, yaml.CollectionNode) or not items.value:
        return None
    if items.flow_style:
        at = items.end_mark.index - 1
        return in_flow and f"{text[:at].rstrip().rstrip(',')}, {in_flow}{text[at:]}"
    lines = text.splitlines(keepends=True)
    last = _last_line(lines, items)
    lines[last - 1] = _ended(lines[last - 1])
    indent = " " * items.start_mark.column
    lines.insert(last, "".join(f"{indent}{line}\n" for line in item.splitlines()))
    return "".join(lines)


def _last_line(lines: Sequence[str], node: yaml.Node) -> int:
    """The number of the last line of a block that says something."""
    last = node.end_mark.line + (1 if node.end_mark.column else 0)
    while last > node.start_mark.line + 1 and _is_silent(lines[last - 1]):
        last -= 1
    return last


def _is_silent(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"
