"""`govkb seal`."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkb.cli.completing import record_ids
from govkb.cli.naming import named

if TYPE_CHECKING:
    from govkb.history.sealing import Sealing


@click.command("seal", short_help="Add new entries to the ledger.")
@click.argument("names", metavar="[ID]...", nargs=-1, shell_complete=record_ids)
@click.option(
    "--base",
    metavar="REF",
    help="Write anew what this git revision doesn't have yet; by default the last commit.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be sealed.")
@click.option("--exit-code", is_flag=True, help="End with 1 where there was something to seal.")
def command(names: tuple[str, ...], base: str | None, dry_run: bool, exit_code: bool) -> int:
    """Add the new entries of append-only sections to the ledger.

    From then on `govkb check` sees any change to them. Lines of the ledger that are in git already
    are never touched; those that aren't follow the text, so that you can go on writing until you
    commit.

    \b
      govkb seal
      govkb seal INC-20260418-B
      govkb seal --base origin/main
      govkb seal --exit-code
    """
    from govkb.workspace import Workspace, local_today
    from govkb.workspace.sealing import protected_ledgers, save, seal, writing

    workspace = Workspace.open(Path.cwd())
    with writing(workspace) as finished:
        if finished:
            click.echo(f"finished what was interrupted: {', '.join(finished)}")
        knowledge_base = workspace.load()
        only = [named(knowledge_base, name).id for name in names] or None
        protected = protected_ledgers(workspace, base)
        sealed = seal(knowledge_base, protected, local_today(), only)
        if not dry_run:
            save(workspace, (sealing.ledger for sealing in sealed.done.values()))
    for record_id, sealing in sealed.done.items():
        click.echo(f"{record_id}: {_told(sealing, dry_run)}")
    for record_id, sealing in sealed.refused.items():
        click.echo(f"{record_id}: {_refusal(sealing)}", err=True)
    if not sealed.done and not sealed.refused:
        known = knowledge_base.ledgers.keys() & set(only or knowledge_base.ledgers)
        click.echo("every entry is sealed already" if known else "there is nothing to seal")
    if sealed.refused:
        nothing = "nothing would be sealed" if dry_run else "nothing was sealed"
        click.echo(f"{nothing} there; `govkb check --base REF` shows the texts", err=True)
    if exit_code and sealed.done and not dry_run:
        folder = workspace.config.root / workspace.config.ledger_folder
        click.echo(f"add the ledgers to your commit: `git add {_shown(folder)}`", err=True)
    return int(bool(sealed.refused) or (exit_code and bool(sealed.done)))


def _shown(folder: Path) -> str:
    return shlex.quote(Path(os.path.relpath(folder)).as_posix())


def _told(sealing: Sealing, is_ahead: bool) -> str:
    """What was done with the entries of a record, or would be where it `is_ahead`."""
    said = []
    if sealing.added:
        number = len(sealing.added)
        sealed = "would be sealed" if is_ahead else "sealed"
        said.append(f"{number} {'entry' if number == 1 else 'entries'} {sealed}")
    moved = "would be in {}" if is_ahead else "is in {} now"
    said += [f"L-{line.digest[:8]} {moved.format(line.target)}" for line in sealing.moved]
    gone = "would be" if is_ahead else "were"
    return ", ".join(said) or f"lines that no longer hold {gone} taken out"


def _refusal(sealing: Sealing) -> str:
    if sealing.is_rewritten:
        return "its ledger doesn't continue the one in git: restore it"
    number = len(sealing.refused)
    kinds = ", ".join(sorted({str(change.kind) for change in sealing.refused}))
    what = "a sealed entry" if number == 1 else f"{number} sealed entries"
    return f"{what} would be lost ({kinds}): restore what was there"
