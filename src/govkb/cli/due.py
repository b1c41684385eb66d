"""`govkb due`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.connecting import record_value, table_or_json
from govkb.cli.filtering import filter_of, filter_options, today_option
from govkb.cli.output import tell, write_json, write_table
from govkb.counting import counted

if TYPE_CHECKING:
    from datetime import date

    from govkb.queries.deadlines import Deadline

_HEADINGS = ("day", "days", "field", "id", "type", "status", "owner", "title")
_LENGTH = re.compile(r"(?P<number>[0-9]{1,5})(?P<unit>[dw]?)", re.ASCII)


@click.command("due", short_help="List the days by which records want attention.")
@click.option(
    "--within", metavar="LENGTH", default="30d", show_default=True, help="How far ahead: 14d, 2w."
)
@today_option
@click.option("--exit-code", is_flag=True, help="End with 1 where something is overdue.")
@filter_options
@table_or_json
def command(within: str, today: date | None, exit_code: bool, output: str, **asked: Any) -> int:
    """List what is overdue and what comes due within LENGTH, the earliest first.

    \b
      govkb due --within 14d
      govkb due --within 0d --owner platform
      govkb due --today 2026-05-01 --type handoff
      govkb due --within 0d --exit-code

    Which fields set such a day is said by each type: `due`, `review` and `expires` under `site` and
    of its items. What is done need not be done by any day; to be looked at again, and to expire, is
    for what is in force. `days` is how many are left, and below zero how many it is late. The rules
    DUE001 to DUE003 say the same as findings, where somebody asks for them.
    """
    from govkb.queries.deadlines import deadlines_of, overdue
    from govkb.workspace import Workspace

    most, wanted = _days(within), filter_of(**asked)
    workspace = Workspace.open(Path.cwd())
    base = workspace.load(today=today, with_relations=False)
    among = {r.path for r in wanted.of(base.records_by_id.values(), base.catalogue)}
    all_days = [found for found in deadlines_of(base) if found.record.path in among]
    near = [found for found in all_days if (found.day - base.today).days <= most]
    if output == "json":
        write_json(
            {
                "today": base.today.isoformat(),
                "within": most,
                "deadlines": [_value(one, base.today) for one in near],
            }
        )
    else:
        rows = [_row(one, base.today) for one in near]
        write_table(_HEADINGS, rows, ("type", "status", "owner"))
    if not near:
        later = f"; {counted(len(all_days), 'day')} later" if all_days else ""
        tell(f"nothing is due within {counted(most, 'day')} of {base.today.isoformat()}{later}")
    return int(exit_code and bool(overdue(near, base.today)))


def _days(length: str) -> int:
    """A length of time in days. Raises UsageError where it is none."""
    from govkb.errors import UsageError

    found = _LENGTH.fullmatch(length.strip())
    if found is None:
        raise UsageError(f"{length!r} is no length of time", "write 14d for days or 2w for weeks")
    return int(found["number"]) * (7 if found["unit"] == "w" else 1)


def _row(deadline: Deadline, today: date) -> tuple[str, ...]:
    from govkb.queries.values import value_of
    from govkb.reporting.tables import shown

    record = deadline.record
    days = str((deadline.day - today).days)
    said = [shown(value_of(record, name)) for name in ("id", "type", "status", "owner", "title")]
    return deadline.day.isoformat(), days, deadline.field, *said


def _value(deadline: Deadline, today: date) -> dict[str, Any]:
    from govkb.queries.values import value_of

    return {
        "day": deadline.day.isoformat(),
        "days": (deadline.day - today).days,
        "field": deadline.field,
        "kind": deadline.kind.value,
        "owner": value_of(deadline.record, "owner"),
        **record_value(deadline.record),
    }
