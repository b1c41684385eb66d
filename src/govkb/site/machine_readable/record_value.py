"""All that is known of a record, as a value for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from govkb.graph import Relation
from govkb.history import Ledger, name_of
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.items import described, item_states
from govkb.reading import Record
from govkb.site.figures import derived_lengths
from govkb.site.machine_readable.short_addresses import short_address
from govkb.site.record_fields import aliases_of, text_of

# What an edge says of itself anyway.
_SAID = ("ref", "note")


def record_value(record: Record, base: KnowledgeBase, page: str | None) -> dict[str, Any]:
    """The record with its metadata, its relations and what follows; `page` is its address."""
    metadata = record.effective
    arriving = base.graph.incoming.get(record.id, ())
    leaving = base.graph.outgoing.get(record.id, ())
    return {
        "id": record.id,
        "title": record.title,
        "type": record.type.name if record.type else None,
        "status": record.status,
        "is_done": record.is_done,
        "severity": text_of(record, "severity"),
        "owner": text_of(record, "owner"),
        "date": record.date,
        "summary": text_of(record, "summary"),
        "aliases": aliases_of(record),
        "path": record.path,
        "page": page,
        "permanent": short_address(record.id) if page else None,
        "metadata": metadata,
        "inherited": sorted(str(name) for name in metadata if name not in record.metadata),
        "entries": _entries(base.ledgers.get(record.id)),
        "items": [described(one) for one in item_states(record, base)],
        "relations": {
            "incoming": [_relation(r, r.source, base) for r in arriving],
            "outgoing": [_relation(r, r.target, base) for r in leaving],
        },
        "derived": {
            "contradicted_by": _sources(arriving, "contradicts", base),
            "figures": _figures(record),
            "incoming": len(arriving),
            "outgoing": len(leaving),
            "superseded_by": _sources(arriving, "supersedes", base),
            "waits_for": sorted(awaited.id for awaited in base.awaited_by(record)),
        },
    }


def _relation(relation: Relation, other: str, base: KnowledgeBase) -> dict[str, Any]:
    return {
        "kind": relation.kind.name if relation.kind else None,
        "record": other,
        "in_force": base.is_in_force(relation),
        "qualifiers": {k: v for k, v in relation.qualifiers.items() if k not in _SAID},
        "note": relation.note,
    }


def _sources(relations: Iterable[Relation], kind: str, base: KnowledgeBase) -> list[str]:
    """The records that do this to the one at hand today, and not for a time only."""
    return sorted(
        r.source
        for r in relations
        if r.kind and r.kind.name == kind and "until" not in r.qualifiers and base.is_in_force(r)
    )


def _figures(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "label": figure.label,
            "from": figure.start,
            "to": figure.end,
            "seconds": int(length.total_seconds()) if isinstance(length, timedelta) else None,
            "days": length.days if isinstance(length, timedelta) else length,
        }
        for figure, length in derived_lengths(record)
    ]


def _entries(ledger: Ledger | None) -> list[dict[str, Any]]:
    """The sealed entries, by their short names and digests; their text stands in the record."""
    return [
        {
            "name": name_of(sealed.digest),
            "digest": sealed.digest,
            "section": sealed.section,
            "sealed": sealed.day,
            "is_redacted": sealed.redacted,
            "moved_to": sealed.moved_to,
        }
        for sealed in (ledger.sealed() if ledger else ())
    ]
