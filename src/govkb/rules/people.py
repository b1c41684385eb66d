"""Who of those that write and review changes is an agent, and who a person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from govkb.gating import Change, ReviewGate


def is_by_agent(change: Change) -> bool:
    """Whether the author of a change is an agent."""
    gate = change.gates.review
    by_name = gate is not None and _fits(change.author or "", gate.agents)
    return change.is_by_agent or by_name


def is_person(name: str, gate: ReviewGate) -> bool:
    """Whether a reviewer is a person."""
    if _fits(name, gate.agents):
        return False
    return _fits(name, gate.people) if gate.people else True


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return any(_pattern(pattern).fullmatch(name) for pattern in patterns)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """A pattern in which only `*` is special: the names of robots often end in `[bot]`."""
    pieces = (re.escape(piece) for piece in text.split("*"))
    return re.compile(".*".join(pieces), re.IGNORECASE | re.DOTALL)
