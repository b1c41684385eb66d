"""How rules about references say where one stands and which records could be meant."""

from __future__ import annotations

from collections.abc import Iterable

from govkb.diagnostics import Diagnostic, Fix, Related
from govkb.graph import Citation
from govkb.reading import Record
from govkb.rules.rule import Rule


def at_citation(
    rule: Rule,
    citation: Citation,
    message: str,
    *,
    hint: str | None = None,
    related: tuple[Related, ...] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """A fault of a reference, at its field or at its place in the text."""
    record, start, end = citation.record, citation.start, citation.end
    if citation.is_declared:
        return rule.at_key(record, citation.key, message, hint=hint, related=related, fix=fix)
    return rule.at_offsets(record, start, end, message, hint=hint, related=related, fix=fix)


def in_record(text: str, citation: Citation) -> str:
    """What is named and by whom: both ends of a reference that leads nowhere."""
    return f"{text!r} in {citation.record.id or citation.record.path}"


def shown(record: Record) -> str:
    """A record as a hint names it."""
    return f"{record.id} ({record.title})"


def places(records: Iterable[Record]) -> tuple[Related, ...]:
    """The files of some records."""
    return tuple(Related(shown(record), record.path) for record in records)
