"""`graph.json`: every record and every relation between records, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govkb.knowledge_base import KnowledgeBase
from govkb.queries.graph_values import edge_value, node_value, relations_value
from govkb.site.machine_readable.json_text import json_text
from govkb.site.machine_readable.masthead import Masthead
from govkb.site.machine_readable.record_files import site_value

FILE = "graph.json"
VERSION = 1


def graph_file(
    base: KnowledgeBase, masthead: Masthead, pages: Mapping[str, str]
) -> tuple[str, bytes]:
    """The file: nodes by id, edges from the record that cites to the one that is cited.

    `pages` are the addresses of the records' pages, by id.
    """
    relations = json_text(relations_value(base.graph.relations))
    site = json_text(site_value(masthead))
    parts = (
        '{"edges":[\n',
        ",\n".join(_edges(base)),
        '\n],"format":"govkb-graph","nodes":[\n',
        ",\n".join(_nodes(base, pages)),
        f'\n],"relations":{relations},"site":{site},"version":{VERSION}}}\n',
    )
    return FILE, "".join(parts).encode()


def _nodes(base: KnowledgeBase, pages: Mapping[str, str]) -> Iterator[str]:
    for name, record in sorted(base.records_by_id.items()):
        yield json_text(node_value(record, base, pages.get(name)))


def _edges(base: KnowledgeBase) -> Iterator[str]:
    return iter(sorted(json_text(edge_value(relation, base)) for relation in base.graph.relations))
