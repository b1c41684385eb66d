"""Whether an edge has its effect: not while it is a mere proposal, nor past its `until`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from govkb.graph.resolver import Resolver
from govkb.graph.until import end_of
from govkb.reading import Record
from govkb.record_types import RelationType


def is_in_force(
    kind: RelationType,
    source: Record,
    target: Record,
    qualifiers: Mapping[str, Any],
    resolver: Resolver,
    today: date,
) -> bool:
    """Whether the edge holds `today`; what can't be told counts as holding still."""
    if is_void(kind, source, target):
        return False
    until = qualifiers.get("until")
    if not isinstance(until, str) or not until.strip():
        return True
    return not end_of(until, source, resolver, today).is_over


def is_void(kind: RelationType, source: Record, target: Record) -> bool:
    """Whether a record at its beginning, or at either end of a symmetric one, is of no effect."""
    if not kind.void_while:
        return False
    return has_status(source, kind.void_while) or (
        kind.is_symmetric and has_status(target, kind.void_while)
    )


def has_status(record: Record, names: Iterable[str]) -> bool:
    """Whether the record's status is one of these, each by its own name or by a synonym."""
    if record.type is None or record.status is None:
        return False
    return any(record.type.statuses.canonical(name) == record.status for name in names)
