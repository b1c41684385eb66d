"""How rules speak of the days that records set."""

from __future__ import annotations

from govkb.counting import counted
from govkb.diagnostics import Diagnostic
from govkb.queries.deadlines import Deadline
from govkb.rules.rule import Rule


def fault_of(rule: Rule, deadline: Deadline, reason: str, hint: str) -> Diagnostic:
    """A fault at the value that sets a day."""
    record, item = deadline.record, deadline.item
    message = f"`{deadline.field}` is {deadline.day}: {reason}"
    if item is not None:
        offsets = item.extent_in(record, deadline.name or None)
        return rule.at_offsets(record, *offsets, message, hint=hint)
    return rule.at_key(record, (deadline.name,), message, hint=hint)


def ago(days: int) -> str:
    """So many days before today, in words."""
    return f"{counted(days, 'day')} ago"
