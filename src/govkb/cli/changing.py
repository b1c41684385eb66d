"""What the commands that change the state of records have in common."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.filtering import DAY
from govkb.cli.output import tell, write_difference, write_json
from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.knowledge_base import KnowledgeBase
    from govkb.workspace import Workspace
    from govkb.workspace.changing import Draft, Planned
    from govkb.workspace.judging import Reasons


def change_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that say who decides, when and why."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def probe_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options for a look at the present state."""
    for option in reversed(_PROBE):
        command = option(command)
    return command


def carry_out(
    change: Callable[[Workspace, KnowledgeBase, Draft, date], None],
    *,
    day: datetime | None,
    dry_run: bool,
    output: str,
) -> None:
    """Makes a change and tells of it, or with `dry_run` shows what it would write."""
    from govkb.workspace import Workspace, local_today
    from govkb.workspace.changing import Draft, plan
    from govkb.workspace.sealing import writing

    workspace = Workspace.open(Path.cwd())
    today = day.date() if day else local_today()
    with nullcontext() if dry_run else writing(workspace):
        base = workspace.load(today=today, with_relations=False)
        draft = Draft()
        change(workspace, base, draft, today)
        planned = plan(workspace, base, draft)
        if not dry_run:
            planned.save(workspace)
    _tell(planned, dry_run, output)


def reasons_of(
    workspace: Workspace,
    day: date,
    *,
    by: str | None = None,
    reason: str | None = None,
    probe: str | None = None,
    result: str | None = None,
    observed: str | None = None,
    fields: tuple[str, ...] = (),
    is_demanded: bool = False,
) -> Reasons:
    """Who decides, when and why, as the options say it.

    Where somebody has to be named it is git's own user, unless there is another. Raises UsageError
    for half a probe and for a field without a value.
    """
    from govkb.workspace.judging import Probe, Reasons

    if (probe is None) != (result is None) or (observed and not probe):
        raise UsageError("a probe says what was looked at and what that showed", _PROBE_HINT)
    looked = Probe(_line(probe), observed or day.isoformat(), _line(result)) if probe else None
    who = _line(by) or (_user(workspace) if is_demanded else "")
    return Reasons(day, who, _line(reason), looked, tuple(map(_pair, fields)))


def _user(workspace: Workspace) -> str:
    from govkb.errors import CannotVerifyError
    from govkb.history import open_repository

    try:
        return open_repository(workspace.config.root).user()
    except CannotVerifyError:
        return ""


def _line(text: str | None) -> str:
    """A text on one line. Raises UsageError where it can't be shown."""
    line = " ".join((text or "").split())
    if not line.isprintable():
        raise UsageError("the text has control characters in it")
    return line


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name.strip() and sign):
        raise UsageError(f"{text!r} is no field with a value", "write NAME=VALUE")
    return name.strip(), _line(value)


def _tell(planned: Planned, dry_run: bool, output: str) -> None:
    if output == "json":
        changes = [
            {
                "id": told.record.id,
                "path": told.record.path,
                "field": told.field,
                "from": told.old or None,
                "to": told.new,
            }
            for told in planned.told
        ]
        write_json({"written": not dry_run, "changes": changes})
    elif dry_run:
        write_difference(planned.mended)
    else:
        for told in planned.told:
            way = f"{told.old} → {told.new}" if told.old else told.new
            click.echo(f"{told.record.id}  {told.field}: {way}")
    for told in planned.told:
        if told.why:
            tell(told.why)
    for found in planned.elsewhere:
        hint = f"; {found.hint}" if found.hint else ""
        tell(f"{found.path}: {found.code} {found.message}{hint}")


by_option = click.option("--by", metavar="NAME", help="Who decided it: a person, role or team.")
_PROBE_HINT = "give --probe WHAT and --result WHAT-IT-SHOWED"
_OPTIONS = (
    click.option("--reason", metavar="TEXT", help="Why; it is written into the history."),
    click.option("--date", "day", type=DAY, help="The day of it; today if left out."),
    click.option(
        "--field",
        "fields",
        metavar="NAME=VALUE",
        multiple=True,
        help="A field that gets a value as well, such as resolved=2026-04-21.",
    ),
    click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing."),
    click.option(
        "--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True
    ),
)
_PROBE = (
    click.option("--probe", metavar="WHAT", help="What was looked at before it was decided."),
    click.option("--result", metavar="TEXT", help="What the probe showed."),
    click.option("--observed", metavar="WHEN", help="When; the day of the change if left out."),
)
