"""`govkb related`."""

from __future__ import annotations

from pathlib import Path

import click

from govkb.cli.connecting import (
    HEADINGS,
    SPARE,
    by_option,
    counting,
    declared_option,
    row_of,
    step_values,
    table_or_json,
)
from govkb.cli.naming import named
from govkb.cli.output import tell, write_json, write_table


@click.command("related", short_help="List what a record is related to.")
@click.argument("name", metavar="ID")
@click.option("--depth", type=click.IntRange(1), default=1, show_default=True, metavar="N")
@declared_option
@by_option
@table_or_json
def command(name: str, depth: int, declared: bool, kinds: tuple[str, ...], output: str) -> None:
    """List the records that are at most N relations away from ID, in either direction.

    \b
      govkb related INC-20260418-B
      govkb related INC-20260418-B --depth 2 --declared
      govkb related DEC-20260421-D --by supersedes

    Each has the number of steps, and the relation by which it was reached first, as it reads from
    there.
    """
    from govkb.queries.connections import related
    from govkb.workspace import Workspace

    base = Workspace.open(Path.cwd()).load()
    record = named(base, name)
    counts = counting(declared, kinds, base.catalogue.vocabulary.relations)
    steps = related(base, record, depth, counts)
    if output == "json":
        write_json({"of": record.id, "records": step_values(steps)})
    else:
        write_table(HEADINGS, map(row_of, steps), SPARE)
    if not steps:
        tell(f"{record.id} is related to no record like that")
