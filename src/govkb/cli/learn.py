"""`govkb learn`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkb.cli.completing import record_ids
from govkb.cli.naming import named

if TYPE_CHECKING:
    from govkb.knowledge_base import KnowledgeBase


@click.command("learn", short_help="Add a learning to a record, and seal it.")
@click.argument("name", metavar="ID", shell_complete=record_ids)
@click.argument("text")
@click.option("--section", metavar="NAME", help="The section; by default that of the learnings.")
@click.option("--supersedes", metavar="ENTRY", help="The entry that this one takes the place of.")
@click.option("--contradicts", metavar="ENTRY", help="The entry that this one doesn't agree with.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day it was learned; today if left out.",
)
def command(
    name: str,
    text: str,
    section: str | None,
    supersedes: str | None,
    contradicts: str | None,
    day: datetime | None,
) -> None:
    """Add a learning to the record ID, at the end of its section, and seal it at once.

    Learnings are never edited. One that proved wrong is answered by a new one.

    \b
      govkb learn INC-20260418-B "A green job is no proof of a backup."
      govkb learn INC-20260418-B "Only a restore proves it." --supersedes L-9f3c2a1b
    """
    from govkb.history import answering
    from govkb.workspace import Workspace, local_today
    from govkb.workspace.learning import find_entry, learn
    from govkb.workspace.sealing import writing

    workspace = Workspace.open(Path.cwd())
    with writing(workspace):
        base = workspace.load()
        record = named(base, name)
        said = text.strip()
        for verb, other in (("supersedes", supersedes), ("contradicts", contradicts)):
            if other is not None:
                found = find_entry(base, other)
                said += f" {answering(verb, found.digest, found.record.id)}"
        entry = learn(workspace, record, said, day.date() if day else local_today(), section)
    click.echo(f"{entry.name} added to {record.path}")
    if not base.ledgers and (number := _unsealed(workspace.load())):
        others = f"{number} other {'record has' if number == 1 else 'records have'}"
        click.echo(f"{others} entries that aren't sealed yet; run `govkb seal`")


def _unsealed(base: KnowledgeBase) -> int:
    """How many records have entries that aren't sealed yet."""
    from govkb.history import ChangeKind

    return len({c.record_id for c in base.changes if c.kind is ChangeKind.UNSEALED})
