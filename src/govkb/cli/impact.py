"""`govkb impact`."""

from __future__ import annotations

from pathlib import Path

import click

from govkb.cli.completing import record_ids
from govkb.cli.connecting import (
    by_option,
    counting,
    table_or_json,
    write_steps,
)
from govkb.cli.naming import named

_FAR = 1_000_000


@click.command("impact", short_help="List what stands on a record.")
@click.argument("name", metavar="ID", shell_complete=record_ids)
@click.option("--depth", type=click.IntRange(1), metavar="N", help="At most N relations away.")
@click.option("--mentions", is_flag=True, help="What mentions a record stands on it too.")
@by_option
@table_or_json
def command(
    name: str, depth: int | None, mentions: bool, kinds: tuple[str, ...], output: str
) -> None:
    """List everything that stands on the record ID, directly or by way of others, by relation.

    \b
      govkb impact DEC-20260421-D
      govkb impact DEC-20260421-D --by depends_on --by implements

    What cites a record in a field stands on it, and so does what it blocks. Relations that mean the
    same in both directions don't count, such as relates_to, nor those without effect today.
    """
    from govkb.queries.connections import impact
    from govkb.workspace import Workspace

    base = Workspace.open(Path.cwd()).load()
    record = named(base, name)
    counts = counting(not mentions, kinds, base.catalogue.vocabulary.relations)
    steps = impact(base, record, depth or _FAR, counts)
    nothing = f"nothing stands on {record.id}"
    write_steps(steps, output, {"of": record.id}, nothing)
