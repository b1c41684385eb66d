"""`govkb related`."""

from __future__ import annotations

from pathlib import Path

import click

from govkb.cli.completing import record_ids
from govkb.cli.connecting import (
    by_option,
    counting,
    declared_option,
    table_or_json,
    write_steps,
)
from govkb.cli.naming import named


@click.command("related", short_help="List what a record is related to.")
@click.argument("name", metavar="ID", shell_complete=record_ids)
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
    nothing = f"{record.id} is related to no record like that"
    write_steps(steps, output, {"of": record.id}, nothing)
