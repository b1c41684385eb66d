"""`govkb show`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.completing import record_ids
from govkb.cli.filtering import today_option
from govkb.cli.naming import named
from govkb.cli.output import write_json
from govkb.counting import counted

if TYPE_CHECKING:
    from govkb.knowledge_base import KnowledgeBase
    from govkb.reading import Record

_WIDTH = 90


@click.command("show", short_help="Show what is known of a record.")
@click.argument("name", metavar="ID", shell_complete=record_ids)
@click.option("--effective", is_flag=True, help="Every value in force, and where it comes from.")
@click.option("--body", is_flag=True, help="Its text too, as it is written.")
@today_option
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def command(name: str, effective: bool, body: bool, today: date | None, output: str) -> None:
    """Show a record: its fields, what follows from them, what it is related to, its entries.

    \b
      govkb show INC-20260418-B
      govkb show INC-20260418-B --body
      govkb show INC-20260418-B --effective
      govkb show records/incidents/INC-20260418-B-zero-backups-for-74-days.md

    ID is anything that a reference can be. Entries have the short names that `learn` and `redact`
    go by.
    """
    from govkb.workspace import Workspace

    base = Workspace.open(Path.cwd()).load(today=today)
    record = named(base, name)
    if effective:
        values = list(_effective(record))
        click.echo(_json(values) if output == "json" else _table(values, record))
    elif output == "json":
        text = {"text": _text(record)} if body else {}
        write_json({**_summary(record, base), **text})
    else:
        click.echo("\n".join(_lines(record, base)))
        if body:
            click.echo(f"\n{_shown_text(_text(record))}")


def _text(record: Record) -> str:
    """The body as it is written."""
    return record.source.data[record.body_start :].decode("utf-8", "replace").strip("\n")


def _shown_text(text: str) -> str:
    """The same with nothing in it that could act on a terminal."""
    from govkb.reporting.escaping import visible

    return "\n".join(visible(line) for line in text.split("\n"))


def _effective(record: Record) -> Iterator[tuple[str, Any, str]]:
    """Each value in force with its field and its origin."""
    from govkb.record_types.fields import dotted

    effective = record.effective
    for path, sidecar in record.inherited.origins(record.metadata).items():
        value: Any = effective
        for key in path:
            is_there = isinstance(value, list) if isinstance(key, int) else isinstance(value, dict)
            value = value[key] if is_there and (isinstance(key, int) or key in value) else None
        yield dotted(path), value, sidecar or _own_origin(record, str(path[0]))
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
    """A value as people would write it; an empty list is seen as one."""
    from govkb.reporting.tables import shown

    return "[]" if value == [] else shown(value)


def _steps(value: Any) -> list[str]:
    """A history of changes, a step a line; empty where it is none."""
    items = value if isinstance(value, list) else []
    if not all(isinstance(step, dict) and {"at", "to"} <= step.keys() for step in items):
        return []
    return [_step(step) for step in items]


def _step(step: dict[str, Any]) -> str:
    """A change as `2026-04-21  high → medium; by: reviewer; probe: …`."""
    way = " → ".join(_shown(step[key]) for key in ("from", "to") if key in step)
    rest = {key: said for key, said in step.items() if key not in ("at", "from", "to")}
    more = [f"{key}: {_told(said)}" for key, said in rest.items()]
    return "; ".join([f"{_shown(step['at'])}  {way}", *more])


def _told(said: Any) -> str:
    if isinstance(said, dict):
        return ", ".join(f"{key} {_shown(value)}" for key, value in said.items())
    return _shown(said)


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
        for number, line in enumerate(_steps(value) or [_shown(value)]):
            yield f"{field if number == 0 else '':{width}}  {visible(line)}"
    yield from _consequences(summary, base)
    if summary["relations"]:
        yield ""
    for relation in summary["relations"]:
        yield visible(f"{relation['label']}: {relation['record']}  {relation['title']}")
    section = ""
    for entry in summary["entries"]:
        if entry["section"] != section:
            section = entry["section"]
            yield from ("", visible(section if section != "*" else "Entries"))
        yield f"  {entry['name']}  {entry['sealed'] or 'not sealed':10}  {visible(entry['text'])}"


def _consequences(summary: dict[str, Any], base: KnowledgeBase) -> Iterator[str]:
    """What follows from the fields: durations, days that still count, and what it waits for."""
    from govkb.reporting.escaping import visible

    lines = [f"{figure['label']}: {figure['length']}" for figure in summary["figures"]]
    for deadline in summary["deadlines"]:
        days = deadline["days"]
        far = f"in {counted(days, 'day')}" if days > 0 else "today"
        distance = far if days >= 0 else f"{counted(-days, 'day')} late"
        lines.append(f"{deadline['field']}: {deadline['day']}, {distance}")
    waits = summary["waits_for"]
    lines += [f"Waits for: {name}  {base.records_by_id[name].title}" for name in waits]
    yield from ["", *map(visible, lines)] if lines else []


def _deadlines(record: Record, today: date) -> Iterator[dict[str, Any]]:
    from govkb.queries.deadlines import deadlines_in

    for found in deadlines_in(record):
        days = (found.day - today).days
        yield {"field": found.field, "day": found.day.isoformat(), "days": days}


def _figures(record: Record) -> list[dict[str, str]]:
    """The durations that are computed of it, in words."""
    if record.type is None or not record.type.derived:
        return []
    from govkb.site.figures import derived_figures

    return [{"label": label, "length": length} for label, length in derived_figures(record)]


def _summary(record: Record, base: KnowledgeBase) -> dict[str, Any]:
    return {
        "id": record.id,
        "title": record.title,
        "type": record.type.name if record.type else None,
        "status": record.status or None,
        "path": record.path,
        "fields": dict(record.metadata),
        "figures": _figures(record),
        "deadlines": list(_deadlines(record, base.today)),
        "waits_for": sorted(awaited.id for awaited in base.awaited_by(record)),
        "relations": list(_relations(record, base)),
        "entries": list(_entries(record, base)),
    }


def _entries(record: Record, base: KnowledgeBase) -> Iterator[dict[str, str | None]]:
    """What its append-only sections hold, with the names that `learn` and `redact` go by."""
    from govkb.history import entries_of, name_of

    ledger = base.ledgers.get(record.id)
    sealed = {line.digest: line.day for line in ledger.lines} if ledger else {}
    for section in record.type.append_only_sections if record.type else ():
        for entry in entries_of(record, section):
            if entry.block.kind not in ("heading", "table-head"):
                covered = entry.tombstone_for
                yield {
                    "name": f"L-{covered}" if covered else name_of(entry.digest),
                    "section": section,
                    "sealed": sealed.get(entry.digest),
                    "text": _beginning(entry.text),
                }


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1].rstrip()}…"


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
