"""`govkb items`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.completing import record_ids
from govkb.cli.connecting import record_value, table_or_json
from govkb.cli.filtering import filter_of, filter_options, today_option
from govkb.cli.naming import named
from govkb.cli.output import tell, write_json, write_table
from govkb.counting import counted

if TYPE_CHECKING:
    from datetime import date

    from govkb.queries.items import ItemState
    from govkb.record_types import TypeCatalogue

_HEADINGS = ("state", "kind", "name", "id", "status", "owner", "text")
_SPARE = ("status", "owner")


@click.command("items", short_help="List gates, criteria, actions and other items.")
@click.argument("ids", metavar="[ID]...", nargs=-1, shell_complete=record_ids)
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help="Only these: gate, action.")
@click.option("--state", "states", metavar="STATE", multiple=True, help="Only items in this state.")
@today_option
@filter_options
@table_or_json
def command(
    ids: tuple[str, ...],
    kinds: tuple[str, ...],
    is_open: bool,
    states: tuple[str, ...],
    today: date | None,
    output: str,
    **asked: Any,
) -> None:
    """List the items of all records, or of some: what in them has a meaning of its own.

    \b
      govkb items --kind gate --open
      govkb items ticket-297
      govkb items --type handoff --kind action --state done

    Which kinds there are is said by each type (`govkb types ticket`). An item that is waived, or
    that another record settles, isn't open. Options but --kind, --state and --open choose records.
    """
    from govkb.queries.items import items_among
    from govkb.workspace import Workspace

    wanted = filter_of(is_open=False, **asked)
    workspace = Workspace.open(Path.cwd())
    _refuse_unknown(kinds, workspace.catalogue)
    base = workspace.load(today=today)
    among = wanted.of(base.records_by_id.values(), base.catalogue)
    if ids:
        wanted_ids = {named(base, name).id for name in ids}
        among = [record for record in among if record.id in wanted_ids]
    among.sort(key=lambda record: record.id)
    every = list(items_among(base, among))
    found = [one for one in every if not kinds or one.item.kind.kind in kinds]
    found = [one for one in found if one.is_open or not is_open]
    found = [one for one in found if not states or one.state in states]
    if output == "json":
        write_json({"items": [_value(one) for one in found]})
    else:
        write_table(_HEADINGS, map(_row, found), _SPARE)
    if not found:
        others = f", of {counted(len(every), 'item')}" if every else ""
        tell(f"there are no such items in {counted(len(among), 'record')}{others}")


def _refuse_unknown(kinds: tuple[str, ...], catalogue: TypeCatalogue) -> None:
    """Raises UsageError for a kind that no type has."""
    from govkb.errors import UsageError
    from govkb.record_types.likeness import did_you_mean

    known = sorted({kind for of in catalogue.types.values() for kind in of.items})
    for kind in kinds:
        if kind not in known:
            raise UsageError(f"no type has items called {kind!r}", did_you_mean(kind, known))


def _row(one: ItemState) -> tuple[str, ...]:
    from govkb.queries.values import value_of
    from govkb.reporting.tables import shown

    record, item = one.record, one.item
    said = (shown(value_of(record, name)) for name in ("id", "status", "owner"))
    return one.state, item.kind.kind, item.name, *said, " ".join(item.text.split())


def _value(one: ItemState) -> dict[str, Any]:
    from govkb.queries.items import described

    span = one.item.span_in(one.record)
    return {
        **described(one),
        "record": record_value(one.record),
        "line": span.start.line,
    }
