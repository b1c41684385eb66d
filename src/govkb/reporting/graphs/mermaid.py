"""A graph as a Mermaid flowchart, as forges draw it in Markdown."""

from __future__ import annotations

from govkb.reporting.escaping import visible
from govkb.reporting.graphs.picture import Picture

# Above this Mermaid, as forges set it up, draws nothing.
MOST_EDGES = 500


def render(picture: Picture) -> str:
    """The text of the flowchart; mentions are dotted."""
    numbers = {node.id: f"n{number}" for number, node in enumerate(picture.nodes)}
    lines = ["flowchart LR"]
    lines += [f'  {numbers[n.id]}["{_text(n.id)}<br>{_text(n.title)}"]' for n in picture.nodes]
    for edge in picture.edges:
        arrow = "-.->" if edge.is_loose else "-->"
        ends = numbers[edge.source], numbers[edge.target]
        lines.append(f'  {ends[0]} {arrow}|"{_text(edge.label)}"| {ends[1]}')
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """A text in quotes in which nothing is Markdown, HTML or the end of the quotes."""
    safe = (c if c.isalnum() or c in " -.,:/()" else f"#{ord(c)};" for c in visible(text))
    return "".join(safe)
