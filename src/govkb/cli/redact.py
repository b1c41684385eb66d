"""`govkb redact`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click


@click.command("redact", short_help="Take an entry's text out, visibly.")
@click.argument("name", metavar="ENTRY")
@click.option("--reason", required=True, help="Why; it stands where the text was.")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; today if left out."
)
def command(name: str, reason: str, day: datetime | None) -> None:
    """Take the text of the sealed ENTRY out, and leave a tombstone in its place.

    For what must not be read: a secret, a person's name. What merely proved wrong stays, and is
    answered with `govkb learn --supersedes`.

    \b
      govkb redact L-9f3c2a1b --reason "names a customer"
    """
    from govkb.workspace import Workspace, local_today
    from govkb.workspace.learning import find_entry, redact
    from govkb.workspace.sealing import writing

    workspace = Workspace.open(Path.cwd())
    with writing(workspace):
        found = find_entry(workspace.load(), name)
        redact(workspace, found, reason, day.date() if day else local_today())
    click.echo(f"L-{found.digest[:8]} redacted in {found.record.path}")
    click.echo("the text is still in the history of git, and in every copy of it", err=True)
