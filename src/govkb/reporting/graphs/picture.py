"""What every format of a graph draws."""

from __future__ import annotations

from typing import NamedTuple


class Node(NamedTuple):
    """A record."""

    id: str
    title: str
    type: str
    status: str


class Edge(NamedTuple):
    """A relation from the record that cites; `label` reads from there. A mention is loose."""

    source: str
    target: str
    label: str
    is_loose: bool


class Picture(NamedTuple):
    """The records and the relations among them, both in their order."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
