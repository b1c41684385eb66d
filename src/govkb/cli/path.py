"""`govkb path`."""

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


@click.command("path", short_help="Show how two records hang together.")
@click.argument("start", metavar="A", shell_complete=record_ids)
@click.argument("end", metavar="B", shell_complete=record_ids)
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
    nothing = f"no relations lead from {ends[0].id} to {ends[1].id}"
    write_steps(steps, output, {"from": ends[0].id, "to": ends[1].id}, nothing)
