"""`govkb number`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkb.cli.completing import record_ids
from govkb.cli.naming import named

if TYPE_CHECKING:
    from govkb.reading import Record
    from govkb.workspace import Workspace


@click.command("number", short_help="Give drafts their numbers.")
@click.argument("names", metavar="[ID]...", nargs=-1, shell_complete=record_ids)
@click.option("--dry-run", is_flag=True, help="Show the ids, and write nothing.")
def command(names: tuple[str, ...], dry_run: bool) -> None:
    """Give all drafts, or those named, the next free ids, wherever they are cited.

    \b
      govkb new incident "Vault sealed" --draft
      govkb number
      govkb number INC-DRAFT-vault-sealed --dry-run

    Run it when a branch lands: then nobody else can be given the same number meanwhile. Each draft
    is numbered as a whole or not at all, in the order of their paths.
    """
    from govkb.workspace import Workspace, local_today
    from govkb.workspace.moving import move
    from govkb.workspace.numbering import number_of
    from govkb.workspace.sealing import writing

    workspace = Workspace.open(Path.cwd())
    with nullcontext() if dry_run else writing(workspace):
        paths = [record.path for record in _meant(workspace, names)]
        for path in paths:
            base = workspace.load()
            record = named(base, path)
            new = number_of(base, record, local_today())
            moving = move(workspace, base, record, new, keeps_old=None)
            if not dry_run:
                moving.save(workspace)
            click.echo(f"{record.id} → {new}  {moving.path}")
    if not paths:
        click.echo("there are no drafts", err=True)


def _meant(workspace: Workspace, names: tuple[str, ...]) -> list[Record]:
    from govkb.workspace import local_today
    from govkb.workspace.numbering import drafts, number_of

    base = workspace.load()
    if not names:
        return list(drafts(base))
    records = [named(base, name) for name in dict.fromkeys(names)]
    for record in records:
        number_of(base, record, local_today())  # refuses what is no draft before any is written
    return records
