"""The options by which commands are told which records to look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.completing import states, type_names

if TYPE_CHECKING:
    from govkb.queries.conditions import Filter

DAY = click.DateTime(["%Y-%m-%d"])
today_option = click.option(
    "--today",
    type=DAY,
    callback=lambda _, __, moment: moment.date() if moment else None,
    metavar="DAY",
    help="The day to count from; today if left out.",
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that `filter_of` takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def filter_of(
    *,
    types: tuple[str, ...],
    statuses: tuple[str, ...],
    owners: tuple[str, ...],
    where: tuple[str, ...],
    is_open: bool,
    since: datetime | None,
) -> Filter:
    """What the options ask for. Raises UsageError for a condition that is none."""
    from govkb.queries.conditions import Condition, Filter, condition_of

    owned = tuple(Condition("owner", "=", owner) for owner in owners)
    conditions = (*owned, *map(condition_of, where))
    return Filter(types, statuses, conditions, is_open, since.date() if since else None)


_OPTIONS = (
    click.option(
        "--type",
        "types",
        metavar="TYPE",
        multiple=True,
        shell_complete=type_names,
        help="Only this type.",
    ),
    click.option(
        "--status",
        "statuses",
        metavar="STATE",
        multiple=True,
        shell_complete=states,
        help="Only this status.",
    ),
    click.option("--owner", "owners", metavar="NAME", multiple=True, help="Only what NAME owns."),
    click.option(
        "--where",
        metavar="CONDITION",
        multiple=True,
        help="Only where it holds: severity=high, date>=2026-04-01, tags~back, resolved=",
    ),
    click.option("--open", "is_open", is_flag=True, help="Only what isn't done."),
    click.option("--since", type=DAY, help="Only what is filed under this day or a later one."),
)
