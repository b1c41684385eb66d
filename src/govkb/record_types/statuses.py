"""The statuses of a type, and what each demands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkb.diagnostics import Severity
from govkb.record_types.declarations import Declaration, Where
from govkb.record_types.record_type import Demand, RelatedDemand, StatusMachine, ValueDemand

Moves = dict[str, tuple[str, ...]]

_WORDS = ("initial", "done", "synonyms")


def read_statuses(declaration: Declaration) -> StatusMachine:
    """The status machine; one without statuses where none are declared."""
    data = declaration.data.get("status")
    if data is None:
        return StatusMachine("", {})
    moves = {name: tuple(to) for name, to in data.items() if name not in _WORDS}
    synonyms = data.get("synonyms", {})
    done = frozenset(data.get("done", ()))
    for where, name in _named(data, moves):
        if name in _WORDS:
            message = f"no status can be called {name!r}: that is a key of `status` itself"
            declaration.fault(("status", *where), message, "choose another word")
        elif name not in moves:
            message = f"the status {name!r} is named but not declared"
            declaration.fault(("status", *where), message, f"declare it: `{name}: []`")
    for name in sorted(set(synonyms) & set(moves)):
        message = f"{name!r} is a status, so that it can't be a synonym of another"
        declaration.fault(("status", "synonyms", name), message)
    return StatusMachine(data["initial"], moves, done, synonyms)


def _named(data: dict[str, Any], moves: Moves) -> Iterator[tuple[Where, str]]:
    """Every status that is named somewhere, with its place."""
    yield ("initial",), data["initial"]
    for number, name in enumerate(data.get("done", ())):
        yield ("done", number), name
    for synonym, name in data.get("synonyms", {}).items():
        yield ("synonyms", synonym), name
    for status, targets in moves.items():
        for number, name in enumerate(targets):
            yield (status, number), name


def read_demands(declaration: Declaration) -> dict[str, Demand]:
    """What a record must have, by status."""
    return {
        status: Demand(
            tuple(demand.get("fields", ())),
            tuple(demand.get("sections", ())),
            tuple(
                RelatedDemand(tuple(r["to"]), r.get("at_least", 1), tuple(r.get("by", ())))
                for r in demand.get("related", ())
            ),
            tuple(_read_value(path, d) for path, d in demand.get("values", {}).items()),
        )
        for status, demand in declaration.data.get("requires_when", {}).items()
    }


def _read_value(path: str, data: Any) -> ValueDemand:
    parts = tuple(path.split("."))
    if isinstance(data, list):
        return ValueDemand(parts, tuple(data))
    severity = Severity(data["severity"]) if "severity" in data else None
    return ValueDemand(parts, tuple(data["in"]), severity)
