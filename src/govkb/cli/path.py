"""`govkb path`."""

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


@click.command("path", short_help="Show how two records hang together.")
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@declared_option
@by_option
@table_or_json
def command(start: str, end: str, declared: bool, kinds: tuple[str, ...], output: str) -> None:
    """Show the shortest way over relations from the record A to the record B.

    \b
      govkb path INC-20260418-B DEC-20260421-F
      govkb path INC-20260418-B DEC-20260421-F --declared

    A relation can be gone along in both directions. Of several shortest ways it is the one with the
    fewest mentions.
    """
    from govkb.queries.connections import way
    from govkb.workspace import Workspace

    base = Workspace.open(Path.cwd()).load()
    ends = named(base, start), named(base, end)
    counts = counting(declared, kinds, base.catalogue.vocabulary.relations)
    steps = way(base, *ends, counts)
    if output == "json":
        write_json({"from": ends[0].id, "to": ends[1].id, "records": step_values(steps)})
    else:
        write_table(HEADINGS, map(row_of, steps), SPARE)
    if not steps:
        tell(f"no relations lead from {ends[0].id} to {ends[1].id}")
