"""A graph in the language of Graphviz."""

from __future__ import annotations

from govkb.reporting.escaping import visible
from govkb.reporting.graphs.picture import Picture


def render(picture: Picture) -> str:
    """The text of the digraph; mentions are dotted."""
    lines = ["digraph records {", "  rankdir=LR;", "  node [shape=box];"]
    for node in picture.nodes:
        # The backslash and n of a line break are the one thing that isn't escaped.
        label = f"{_inner(node.id)}\\n{_inner(node.title)}"
        lines.append(f'  {_quoted(node.id)} [label="{label}", class={_quoted(node.type)}];')
    for edge in picture.edges:
        style = ", style=dotted" if edge.is_loose else ""
        ends = f"{_quoted(edge.source)} -> {_quoted(edge.target)}"
        lines.append(f"  {ends} [label={_quoted(edge.label)}{style}];")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    return f'"{_inner(text)}"'


def _inner(text: str) -> str:
    return visible(text).replace("\\", "\\\\").replace('"', '\\"')
