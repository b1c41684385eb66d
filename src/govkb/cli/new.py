"""`govkb new`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.record_types import TypeCatalogue


@click.command("new", short_help="Start a record.")
@click.argument("type_name", metavar="TYPE", required=False)
@click.argument("title", required=False)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to file it under; today if left out.",
)
def command(type_name: str | None, title: str | None, day: datetime | None) -> None:
    """Start a record of TYPE with the next free id, and print its path.

    The file is complete: `govkb check` has nothing to say about it. A file that is there already is
    never touched. A new handoff carries every learning of the last one, and its open items.

    \b
      govkb new incident "Vault sealed after reboot"
      govkb new decision "Rotate tokens monthly" --date 2026-04-21
      govkb new handoff
    """
    from govkb.workspace import Workspace
    from govkb.workspace.sealing import create, writing

    workspace = Workspace.open(Path.cwd())
    if type_name is None:
        workspace.require_types()
        raise UsageError("of which type?", _listed(workspace.catalogue))
    with writing(workspace):
        file = create(workspace, type_name, title, _day(day))
    click.echo(_shown(file))


def _listed(catalogue: TypeCatalogue) -> str:
    """The types with what each is for, in the order of the site."""
    types = sorted(catalogue.types.values(), key=lambda t: (t.presentation.place, t.name))
    width = max((len(t.name) for t in types), default=0)
    return "\n".join(f"{t.name:{width}}  {t.purpose}" for t in types)


def _day(moment: datetime | None) -> date:
    from govkb.workspace import local_today

    return moment.date() if moment else local_today()


def _shown(file: Path) -> str:
    current = Path.cwd().resolve()
    return str(file.relative_to(current)) if file.is_relative_to(current) else str(file)
