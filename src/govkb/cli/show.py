"""`govkb show`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.knowledge_base import KnowledgeBase
    from govkb.reading import Record


@click.command("show", short_help="Show what is known of a record.")
@click.argument("name", metavar="ID")
@click.option("--effective", is_flag=True, help="Every value in force, and where it comes from.")
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def command(name: str, effective: bool, output: str) -> None:
    """Show a record: its fields, and what it is related to. ID is anything that a reference can be.

    \b
      govkb show INC-20260418-B
      govkb show INC-20260418-B --effective
      govkb show records/incidents/INC-20260418-B-zero-backups-for-74-days.md
    """
    from govkb.workspace import Workspace

    base = Workspace.open(Path.cwd()).load()
    record = _named(base, name)
    if effective:
        values = list(_effective(record))
        click.echo(_json(values) if output == "json" else _table(values, record))
    elif output == "json":
        click.echo(json.dumps(_summary(record, base), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(record, base)))


def _named(base: KnowledgeBase, name: str) -> Record:
    """The record that a name on the command line means.

    Raises UsageError where it is none or could be several.
    """
    by_path = next((r for r in base.records if name in (r.path, f"./{r.path}", r.place)), None)
    if by_path is not None:
        return by_path
    resolution = base.graph.resolver.resolve_name(name)
    if resolution.record is not None:
        return resolution.record
    if resolution.candidates:
        names = "\n".join(f"{r.id}  {r.path}" for r in resolution.candidates)
        raise UsageError(f"{name!r} can be {len(resolution.candidates)} records", names)
    near = base.graph.resolver.nearest(name)
    hint = "\n".join(f"{record.id}  {record.title}" for record in near)
    raise UsageError(f"no record is called {name!r}", f"did you mean\n{hint}" if near else None)


def _effective(record: Record) -> Iterator[tuple[str, Any, str]]:
    """Each value in force with its field and its origin."""
    from govkb.record_types.fields import dotted

    effective = record.effective
    for path, sidecar in record.inherited.origins(record.metadata).items():
        value: Any = effective
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        yield dotted(path), value, sidecar or _own_origin(record, path[0])
    defaults = record.type.defaults if record.type else {}
    for field, value in defaults.items():
        if field not in effective:
            yield field, value, f"default of the type {record.type.name if record.type else ''}"


def _own_origin(record: Record, field: str) -> str:
    from govkb.reading.reader import is_written

    return record.path if is_written(record, field) else f"{record.path} (body or file name)"


def _table(values: list[tuple[str, Any, str]], record: Record) -> str:
    """The values with their origins after them; what the record says itself needs no path."""
    from govkb.reporting.escaping import visible

    rows = [(f, visible(_shown(v)), visible(_short(o, record))) for f, v, o in values]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    widths[1] = min(widths[1], 60)
    return "\n".join(f"{f:{widths[0]}}  {v:{widths[1]}}  {o}" for f, v, o in rows)


def _short(origin: str, record: Record) -> str:
    return origin.replace(record.path, "its own", 1) if origin.startswith(record.path) else origin


def _json(values: list[tuple[str, Any, str]]) -> str:
    rows = [{"field": f, "value": v, "origin": o} for f, v, o in values]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def _shown(value: Any) -> str:
    """A value as people would write it."""
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value) or "[]"
    if isinstance(value, dict) and isinstance(value.get("ref"), str):
        more = "; ".join(_shown(item) for key, item in value.items() if key != "ref")
        return f"{value['ref']} ({more})" if more else str(value["ref"])
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _lines(record: Record, base: KnowledgeBase) -> Iterator[str]:
    from govkb.reporting.escaping import visible

    summary = _summary(record, base)
    yield visible(f"{record.id or record.stem}  {record.title}")
    kind = record.type.label if record.type else "no type"
    yield visible(f"{kind} · {summary['status'] or 'no status'} · {record.path}")
    relations = {*record.type.relations, *record.type.inverses} if record.type else set()
    elsewhere = {"id", "title", "status", "type", *relations}
    shown = {field: v for field, v in record.metadata.items() if field not in elsewhere}
    if shown:
        yield ""
    width = max((len(field) for field in shown), default=0)
    for field, value in shown.items():
        yield f"{field:{width}}  {visible(_shown(value))}"
    if summary["relations"]:
        yield ""
    for relation in summary["relations"]:
        yield visible(f"{relation['label']}: {relation['record']}  {relation['title']}")


def _summary(record: Record, base: KnowledgeBase) -> dict[str, Any]:
    return {
        "id": record.id,
        "title": record.title,
        "type": record.type.name if record.type else None,
        "status": record.status or None,
        "path": record.path,
        "fields": dict(record.metadata),
        "relations": list(_relations(record, base)),
    }


def _relations(record: Record, base: KnowledgeBase) -> Iterator[dict[str, str]]:
    """What it is related to, outgoing first; mentions last."""
    edges = [(r, r.target, True) for r in base.graph.outgoing.get(record.id, ())]
    edges += [(r, r.source, False) for r in base.graph.incoming.get(record.id, ())]
    for relation, other_id, is_outgoing in sorted(edges, key=lambda edge: edge[0].kind is None):
        other = base.records_by_id.get(other_id)
        kind = relation.kind
        if kind is None:
            label = "Mentions" if is_outgoing else "Mentioned by"
        else:
            label = kind.label if is_outgoing else kind.inverse_label
        yield {
            "label": label,
            "relation": kind.name if kind else "mention",
            "record": other_id,
            "title": other.title if other else "",
        }
