"""What the commands about relations have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.completing import relation_names
from govkb.cli.output import tell, write_json, write_table

if TYPE_CHECKING:
    from govkb.graph import Relation
    from govkb.queries.connections import Step
    from govkb.reading import Record

HEADINGS = ("steps", "id", "type", "status", "relation", "of", "title")
# What there may be no room for.
_SPARE = ("type", "status", "of")

declared_option = click.option(
    "--declared", is_flag=True, help="Leave out what is only mentioned in the text."
)
by_option = click.option(
    "--by",
    "kinds",
    metavar="RELATION",
    multiple=True,
    shell_complete=relation_names,
    help="Only these relations, by either of their names.",
)
table_or_json = click.option(
    "--format", "output", type=click.Choice(["table", "json"]), default="table", show_default=True
)


def counting(declared: bool, kinds: tuple[str, ...], known: Any) -> Callable[[Relation], bool]:
    """Whether a relation counts. `known` are the relations of the vocabulary.

    Raises UsageError for a relation that there isn't.
    """
    from govkb.errors import UsageError
    from govkb.queries.connections import declared_ones, every_relation
    from govkb.record_types.likeness import did_you_mean

    names = sorted({name for kind in known.values() for name in (kind.name, kind.inverse)})
    for kind in kinds:
        if kind not in names:
            raise UsageError(f"no relation is called {kind!r}", did_you_mean(kind, names))
    if kinds:
        return lambda r: r.kind is not None and not {r.kind.name, r.kind.inverse}.isdisjoint(kinds)
    return declared_ones if declared else every_relation


def _row_of(step: Step) -> tuple[str, ...]:
    """A step as a row of a table."""
    record = step.record
    kind = record.type.name if record.type else ""
    status = record.status or ""
    return str(step.distance), record.id, kind, status, step.label, step.of, record.title


def write_steps(steps: Sequence[Step], output: str, asked: Mapping[str, str], none: str) -> None:
    """Steps in the format asked for; `asked` is what they answer, `none` what is said of none."""
    if output == "json":
        write_json({**asked, "records": _step_values(steps)})
    else:
        write_table(HEADINGS, map(_row_of, steps), _SPARE)
    if not steps:
        tell(none)


def _step_values(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Steps as values; `relation` reads from the record to the one that it was reached from."""
    return [
        {
            **record_value(step.record),
            "distance": step.distance,
            "relation": step.kind or None,
            "label": step.label or None,
            "of": step.of or None,
        }
        for step in steps
    ]


def record_value(record: Record) -> dict[str, Any]:
    """A record in few words."""
    return {
        "id": record.id,
        "type": record.type.name if record.type else None,
        "status": record.status,
        "title": record.title,
        "path": record.path,
    }
