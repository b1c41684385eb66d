"""`govkb move`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkb.cli.completing import record_ids
from govkb.cli.naming import named
from govkb.cli.output import tell, write_difference, write_json
from govkb.counting import counted

if TYPE_CHECKING:
    from govkb.workspace.moving import Moving


@click.command("move", short_help="Give a record another id.")
@click.argument("old", metavar="OLD", shell_complete=record_ids)
@click.argument("new", metavar="NEW")
@click.option("--forget", is_flag=True, help="Don't keep OLD as another name of the record.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def command(old: str, new: str, forget: bool, dry_run: bool, output: str) -> None:
    """Give the record OLD the id NEW, in its file and wherever it is cited, in one step.

    \b
      govkb move INC-20260418-B INC-20260419-A
      govkb move DEC-20260421-spot-check DEC-20260421-D --dry-run

    The file's name changes as far as the id is in it. OLD stays as another name of the record: it
    goes on resolving, and its address on the site leads to the new one. What is sealed or frozen
    goes on saying OLD. The ledger of OLD says of each entry that it is in NEW now. With --forget
    OLD is free again, for a record of another branch that has the same id.
    """
    from govkb.workspace import Workspace
    from govkb.workspace.moving import move
    from govkb.workspace.sealing import writing

    workspace = Workspace.open(Path.cwd())
    with nullcontext() if dry_run else writing(workspace):
        base = workspace.load()
        moving = move(workspace, base, named(base, old), new, keeps_old=not forget)
        if not dry_run:
            moving.save(workspace)
    _tell(moving, dry_run, output)


def _tell(moving: Moving, dry_run: bool, output: str) -> None:
    record, files = moving.record, sorted(moving.after)
    if output == "json":
        write_json(
            {
                "written": not dry_run,
                "from": {"id": record.id, "path": record.path},
                "to": {"id": moving.new_id, "path": moving.path},
                "files": files,
            }
        )
    elif dry_run:
        if moving.path != record.path:
            click.echo(f"rename {record.path}\n    to {moving.path}")
        write_difference(moving.mended)
    else:
        click.echo(f"{record.id} → {moving.new_id}  {moving.path}")
        others = len({*files} - {record.path, moving.path})
        if others:
            click.echo(f"{counted(others, 'other file')} changed with it")
    for path, number in sorted(moving.left.items()):
        tell(f"{path}: says {record.id} {counted(number, 'time')} where nothing may be changed")
    for found in moving.elsewhere:
        hint = f"; {found.hint}" if found.hint else ""
        tell(f"{found.path}: {found.code} {found.message}{hint}")
