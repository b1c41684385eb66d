"""`govkb list`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.filtering import filter_of, filter_options
from govkb.cli.output import NO_RECORDS, tell, write_csv, write_json, write_table
from govkb.counting import counted

if TYPE_CHECKING:
    from govkb.reading import Record

_FIELDS = ("id", "type", "status", "severity", "date", "title")


@click.command("list", short_help="List records by what their fields say.")
@filter_options
@click.option("--sort", metavar="FIELD", help="In this order; -FIELD is the other way round.")
@click.option("--fields", metavar="FIELD,…", help="What to show of each, title last of all.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the first N.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
)
def command(
    sort: str | None, fields: str | None, limit: int | None, output: str, **asked: Any
) -> None:
    """List the records of which everything holds that is asked for.

    \b
      govkb list --type incident --open
      govkb list --where severity=high --where owner= --sort -date
      govkb list --where source.brief~BRIEF-2026 --fields id,deciders,title
      govkb list --since 2026-04-01 --format csv > records.csv

    Any field of the frontmatter can be asked for, one deeper down by a dot, and of a list it is
    enough that one item fits. Conditions of one field, as of several, all have to hold; --type,
    --status and --owner can be given more than once for any of these. FIELD= means that there is
    no value, and ~ that the value contains the text. Letter case doesn't matter.

    At a terminal the table fits its width. Elsewhere each record is a line with its fields divided
    by tabs, without a heading and whole.
    """
    from govkb.knowledge_base import real_records
    from govkb.queries.conditions import in_order
    from govkb.queries.values import refuse_unknown_fields
    from govkb.workspace import Workspace

    wanted = filter_of(**asked)
    workspace = Workspace.open(Path.cwd())
    catalogue = workspace.catalogue
    records = list(real_records(workspace.read().results))
    names = _names(fields)
    if fields is not None:
        refuse_unknown_fields(names, records, catalogue)
    found = in_order(wanted.of(records, catalogue), sort, catalogue)[:limit]
    if output == "json":
        write_json({"records": [_value(record, names if fields else ()) for record in found]})
    elif output == "csv":
        write_csv(names, ([_cell(record, name) for name in names] for record in found))
    else:
        spare = ("type", "date", "severity") if fields is None else ()
        write_table(names, ([_cell(record, name) for name in names] for record in found), spare)
    if not records:
        tell(NO_RECORDS)
    elif not found:
        tell(f"none of {counted(len(records), 'record')} is like that")


def _names(fields: str | None) -> tuple[str, ...]:
    names = (name.strip() for name in (fields or "").split(","))
    return tuple(name for name in names if name) or _FIELDS


def _cell(record: Record, field: str) -> str:
    from govkb.queries.values import value_of
    from govkb.reporting.tables import shown

    return shown(value_of(record, field))


def _value(record: Record, names: tuple[str, ...]) -> dict[str, Any]:
    """A record as a value: these fields, or what every record has and all that it says."""
    from govkb.queries.values import value_of

    if names:
        return {name: value_of(record, name) for name in names}
    return {
        **{name: value_of(record, name) for name in ("id", "type", "status", "date", "title")},
        "is_done": record.is_done,
        "path": record.path,
        "fields": dict(record.effective),
    }
