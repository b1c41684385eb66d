"""`govkb reclassify`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.changing import by_option, carry_out, change_options, probe_options, reasons_of
from govkb.cli.completing import record_ids
from govkb.cli.naming import named

if TYPE_CHECKING:
    from datetime import date

    from govkb.knowledge_base import KnowledgeBase
    from govkb.workspace import Workspace
    from govkb.workspace.changing import Draft


@click.command("reclassify", short_help="Judge the severity of a record anew.")
@click.argument("name", metavar="ID", shell_complete=record_ids)
@click.argument("value", metavar="SEVERITY")
@by_option
@probe_options
@change_options
@click.option(
    "--of",
    "field",
    metavar="FIELD",
    default="severity",
    show_default=True,
    help="Another field that is judged.",
)
def command(
    name: str,
    value: str,
    field: str,
    day: datetime | None,
    dry_run: bool,
    output: str,
    **said: Any,
) -> None:
    """Give the record ID another SEVERITY, and tell in its history who looked at what.

    \b
      govkb reclassify INC-20260420-A medium --by reviewer \\
        --probe "validity of the token" --result "expired on 2026-04-02"
      govkb reclassify F-2026-0421-BUCKET high --probe … --result … --dry-run

    The step is added where the type keeps such a history, and holds all that it demands; without
    --by it is git's user.name that decided. The SEVERITY that it has already is confirmed by a
    probe.
    """
    from govkb.workspace.judging import change_classification

    def change(workspace: Workspace, base: KnowledgeBase, draft: Draft, today: date) -> None:
        record = named(base, name)
        of = record.type.classifications if record.type else ()
        is_demanded = any(c.field == field for c in of)
        reasons = reasons_of(workspace, today, **said, is_demanded=is_demanded)
        change_classification(draft, record, value, reasons, field)

    carry_out(change, day=day, dry_run=dry_run, output=output)
