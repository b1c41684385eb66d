"""A graph as GraphML, for Gephi, yEd, Cytoscape, networkx and Neo4j."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from govkb.reporting.escaping import visible
from govkb.reporting.graphs.picture import Picture

_KEYS = (("node", "title"), ("node", "type"), ("node", "status"), ("edge", "relation"))
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    *(
        f'  <key id="{name}" for="{of}" attr.name="{name}" attr.type="string"/>'
        for of, name in _KEYS
    ),
    '  <graph id="records" edgedefault="directed">',
)


def render(picture: Picture) -> str:
    """The XML document; the relation of a mention is `Mentions`."""
    lines = list(_HEAD)
    for node in picture.nodes:
        said = (("title", node.title), ("type", node.type), ("status", node.status))
        inner = "".join(_data(name, text) for name, text in said)
        lines.append(f"    <node id={_attribute(node.id)}>{inner}</node>")
    for edge in picture.edges:
        ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
        lines.append(f"    <edge {ends}>{_data('relation', edge.label)}</edge>")
    return "\n".join([*lines, "  </graph>", "</graphml>"]) + "\n"


def _data(key: str, text: str) -> str:
    return f'<data key="{key}">{escape(visible(text))}</data>' if text else ""


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
