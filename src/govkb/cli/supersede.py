"""`govkb supersede`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.changing import carry_out, change_options, reasons_of
from govkb.cli.completing import record_ids
from govkb.cli.naming import named
from govkb.cli.output import tell

if TYPE_CHECKING:
    from datetime import date

    from govkb.knowledge_base import KnowledgeBase
    from govkb.workspace import Workspace
    from govkb.workspace.changing import Draft


@click.command("supersede", short_help="Say that one record takes the place of another.")
@click.argument("old", metavar="OLD", shell_complete=record_ids)
@click.option(
    "--by",
    "new",
    metavar="NEW",
    required=True,
    shell_complete=record_ids,
    help="The record that takes its place.",
)
@click.option("--decided-by", "by", metavar="NAME", help="Who decided it.")
@change_options
def command(
    old: str, new: str, day: datetime | None, dry_run: bool, output: str, **said: Any
) -> None:
    """Say at both ends that the record NEW takes the place of OLD, and give OLD the status for it.

    \b
      govkb supersede DEC-20260420-look-at-all --by DEC-20260421-spot-check
      govkb supersede ADR-0012 --by ADR-0026 --reason "the library is gone" --dry-run

    A mere proposal supersedes nothing yet: then OLD keeps its status, and gets the other once this
    command is run again after the proposal was accepted. An OLD that was never accepted gets the
    status that its type lets it have, such as rejected. A decision without a frontmatter says it in
    its status: "Superseded by" and a link to NEW.
    """
    from govkb.errors import UsageError
    from govkb.workspace.superseding import is_proposal, supersede

    def change(workspace: Workspace, base: KnowledgeBase, draft: Draft, today: date) -> None:
        one, other = named(base, old), named(base, new)
        of = one.type.classifications if one.type else ()
        is_demanded = any(c.field == "status" for c in of)
        reasons = reasons_of(workspace, today, **said, is_demanded=is_demanded)
        supersede(draft, base, one, other, reasons)
        if not draft.records:
            raise UsageError(f"{one.id} is superseded by {other.id} already")
        if is_proposal(base, other):
            tell(f"{other.id} is {other.status}, so {one.id} stays {one.status} until it isn't")

    carry_out(change, day=day, dry_run=dry_run, output=output)
