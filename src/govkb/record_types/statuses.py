"""The statuses of a type, and what each demands."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from govkb.diagnostics import Severity
from govkb.record_types.declarations import Declaration, Where

Moves = dict[str, tuple[str, ...]]

_WORDS = ("initial", "done", "synonyms")


class StatusMachine(Struct, frozen=True):
    """The statuses of a type and which may follow which. Keys and values are canonical names.

    Without any statuses the machine is free: every text is a status, as written, none is demanded
    and none ends a record. Its `initial` is empty then. A synonym that ends in `…` is the beginning
    of a longer text: `superseded by …`.
    """

    initial: str
    moves: Mapping[str, tuple[str, ...]]
    done: frozenset[str] = frozenset()
    synonyms: Mapping[str, str] = {}

    @property
    def is_free(self) -> bool:
        """Whether every text is a status."""
        return not self.moves

    @property
    def names(self) -> tuple[str, ...]:
        """Every status, in the order of the declaration."""
        return tuple(self.moves)

    def canonical(self, status: str) -> str | None:
        """The status under its own name, or None where the type doesn't know it."""
        name = self.synonyms.get(status, status)
        if name in self.moves or (name and self.is_free):
            return name
        return next((self.synonyms[s] for s in self._beginnings if _begins(status, s)), None)

    @property
    def _beginnings(self) -> Iterator[str]:
        return (synonym for synonym in self.synonyms if synonym.endswith("…"))

    def reachable(self, status: str) -> frozenset[str]:
        """Every status that a record with this one may come to, over any number of moves."""
        found: set[str] = set()
        ahead = list(self.moves.get(status, ()))
        while ahead:
            name = ahead.pop()
            if name not in found:
                found.add(name)
                ahead += self.moves.get(name, ())
        return frozenset(found)

    def way(self, start: str, end: str) -> tuple[str, ...]:
        """The fewest statuses between two; empty where one move leads there, or no way at all."""
        ways: dict[str, tuple[str, ...]] = {start: ()}
        ahead = deque([start])
        while ahead and end not in ways:
            now = ahead.popleft()
            for name in self.moves.get(now, ()):
                if name not in ways:
                    ways[name] = (*ways[now], name)
                    ahead.append(name)
        return ways.get(end, ())[:-1]


class RelatedDemand(Struct, frozen=True):
    """How many relations a record must have to records of certain types, whichever end states them.

    `by` names relations as they read from this record (`mitigates`, or `mitigated_by` for the other
    direction); an empty one means all of them, in both. Mentions never count.
    """

    to: tuple[str, ...]
    at_least: int = 1
    by: tuple[str, ...] = ()


class ValueDemand(Struct, frozen=True):
    """Which values a field must have, if it has any.

    `path` leads there, through every item of a list; a part `checks[required]` means only those
    items whose `required` is true. A `severity` stands in for that of the rule.
    """

    path: tuple[str, ...]
    allowed: tuple[Any, ...]
    severity: Severity | None = None


class Demand(Struct, frozen=True):
    """What a record must have once it is in a certain status."""

    fields: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    related: tuple[RelatedDemand, ...] = ()
    values: tuple[ValueDemand, ...] = ()


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


def _begins(text: str, beginning: str) -> bool:
    return text.casefold().startswith(beginning.removesuffix("…").casefold())
