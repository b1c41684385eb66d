"""`govkb graph`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.completing import record_ids
from govkb.cli.connecting import by_option, counting, declared_option
from govkb.cli.naming import named
from govkb.cli.output import NO_RECORDS, tell

if TYPE_CHECKING:
    from govkb.graph import Relation
    from govkb.knowledge_base import KnowledgeBase
    from govkb.reading import Record
    from govkb.reporting.graphs.picture import Picture


@click.command("graph", short_help="Write the graph for other programs.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["mermaid", "dot", "graphml", "json"]),
    default="mermaid",
    show_default=True,
)
@click.option(
    "--of", "name", metavar="ID", shell_complete=record_ids, help="Only what is near this record."
)
@click.option(
    "--depth",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="With --of: how near.",
)
@declared_option
@by_option
def command(
    output: str, name: str | None, depth: int, declared: bool, kinds: tuple[str, ...]
) -> None:
    """Write the records and their relations in the language of another program.

    \b
      govkb graph --of INC-20260418-B --depth 2
      govkb graph --format dot --declared | dot -Tsvg > graph.svg
      govkb graph --format graphml > graph.graphml
      govkb graph --format json | jq '.nodes | length'

    JSON has the shape of the site's graph.json. Mermaid, in which forges draw, takes 500 relations
    at most.
    """
    from govkb.queries.connections import related
    from govkb.queries.graph_values import relations_among
    from govkb.workspace import Workspace

    base = Workspace.open(Path.cwd()).load()
    counts = counting(declared, kinds, base.catalogue.vocabulary.relations)
    records = dict(base.records_by_id)
    if name is not None:
        centre = named(base, name)
        near = [centre, *(step.record for step in related(base, centre, depth, counts))]
        records = {record.id: record for record in near}
    if not records:
        tell(NO_RECORDS)
    shown = [records[record_id] for record_id in sorted(records)]
    edges = sorted(filter(counts, relations_among(base, records)), key=_place)
    if output == "json":
        click.echo(_document(base, shown, edges))
    else:
        click.echo(_drawn(output, _picture(shown, edges)), nl=False)


def _place(relation: Relation) -> tuple[str, str, str]:
    return relation.source, relation.target, relation.kind.name if relation.kind else ""


def _drawn(output: str, picture: Picture) -> str:
    from govkb.reporting.graphs import dot, graphml, mermaid

    if output == "mermaid" and len(picture.edges) > mermaid.MOST_EDGES:
        tell(f"{len(picture.edges):,} relations are too many for Mermaid: take a part with --of ID")
    render = {"mermaid": mermaid.render, "dot": dot.render, "graphml": graphml.render}[output]
    return render(picture)


def _picture(records: Sequence[Record], relations: Sequence[Relation]) -> Picture:
    from govkb.reporting.graphs.picture import Edge, Node, Picture

    nodes = (Node(r.id, r.title, r.type.name if r.type else "", r.status or "") for r in records)
    edges = (
        Edge(r.source, r.target, r.kind.label if r.kind else "Mentions", r.kind is None)
        for r in relations
    )
    return Picture(tuple(nodes), tuple(edges))


def _document(base: KnowledgeBase, records: Sequence[Record], relations: Sequence[Relation]) -> str:
    import json

    from govkb.queries.graph_values import edge_value, node_value, relations_value

    document: dict[str, Any] = {
        "format": "govkb-graph",
        "version": 1,
        "site": {"name": base.config.root.name, "address": None, "description": None},
        "relations": relations_value(relations),
        "nodes": [node_value(record, base) for record in records],
        "edges": [edge_value(relation, base) for relation in relations],
    }
    return json.dumps(document, indent=1)
