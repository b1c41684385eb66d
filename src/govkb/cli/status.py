"""`govkb status`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.changing import by_option, carry_out, change_options, probe_options, reasons_of
from govkb.cli.completing import record_ids, states
from govkb.cli.naming import named

if TYPE_CHECKING:
    from datetime import date

    from govkb.knowledge_base import KnowledgeBase
    from govkb.workspace import Workspace
    from govkb.workspace.changing import Draft


@click.command("status", short_help="Give a record another status.")
@click.argument("name", metavar="ID", shell_complete=record_ids)
@click.argument("state", shell_complete=states)
@by_option
@change_options
@probe_options
def command(
    name: str, state: str, day: datetime | None, dry_run: bool, output: str, **said: Any
) -> None:
    """Give the record ID the status STATE, as its type allows it to move.

    \b
      govkb status DEC-20260421-D ratified --by reviewer --reason "agreed in the review"
      govkb status INC-20260418-B closed --field resolved=2026-04-21
      govkb status INC-20260418-B mitigated --dry-run

    Only the lines concerned change: the status, and `status_history`, which gets a step with the
    day and what --by, --reason and --probe say. A record without a frontmatter has no place for
    one. Where the record would lack what its new status demands, nothing is written: --field can
    add it.
    """
    from govkb.workspace.judging import change_status

    def change(workspace: Workspace, base: KnowledgeBase, draft: Draft, today: date) -> None:
        record = named(base, name)
        of = record.type.classifications if record.type else ()
        is_demanded = any(c.field == "status" for c in of)
        reasons = reasons_of(workspace, today, **said, is_demanded=is_demanded)
        change_status(draft, record, state, reasons)

    carry_out(change, day=day, dry_run=dry_run, output=output)
