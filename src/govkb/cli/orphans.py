"""`govkb orphans`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from govkb.cli.connecting import declared_option, record_value, table_or_json
from govkb.cli.filtering import filter_of, filter_options
from govkb.cli.output import NO_RECORDS, tell, write_json, write_table
from govkb.counting import counted

_FIELDS = ("id", "type", "status", "date", "title")


@click.command("orphans", short_help="List records that nothing is related to.")
@filter_options
@declared_option
@table_or_json
def command(declared: bool, output: str, **asked: Any) -> None:
    """List the records that nothing leads to and that lead nowhere.

    \b
      govkb orphans
      govkb orphans --declared --type finding --open
    """
    from govkb.queries.connections import declared_ones, every_relation, orphans
    from govkb.queries.values import value_of
    from govkb.reporting.tables import shown
    from govkb.workspace import Workspace

    wanted = filter_of(**asked)
    base = Workspace.open(Path.cwd()).load()
    alone = orphans(base, declared_ones if declared else every_relation)
    found = wanted.of(alone, base.catalogue)
    if output == "json":
        write_json({"records": [record_value(record) for record in found]})
    else:
        rows = [[shown(value_of(record, name)) for name in _FIELDS] for record in found]
        write_table(_FIELDS, rows, ("type", "date"))
    if not base.records_by_id:
        tell(NO_RECORDS)
    elif not found:
        tell(f"none of {counted(len(base.records_by_id), 'record')} is alone like that")
