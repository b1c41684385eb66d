"""A review for programs; `diff.schema.json` beside `json.schema.json` describes the format.

The format has its own version; fields are only ever added.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import govkb
from govkb.diagnostics import Diagnostic
from govkb.reporting.escaping import encodable, json_text
from govkb.review import EntryNews, Move, Named, RelationNews, Review

VERSION = 1


def render(review: Review) -> str:
    """One JSON document."""
    document = {
        "version": VERSION,
        "tool": {"name": "govkb", "version": govkb.__version__},
        "base": {"ref": review.ref, "commit": review.commit},
        "is_empty": review.is_empty,
        "new": [_record(record) for record in review.new],
        "gone": [_record(record) for record in review.gone],
        "unreadable": [_record(record) for record in review.unreadable],
        "renamed": [
            {"from": _record(rename.before), "to": _record(rename.after)}
            for rename in review.renamed
        ],
        "retitled": [
            {"record": _record(one.record), "from": one.before, "to": one.record.title}
            for one in review.retitled
        ],
        "moves": [_move(move) for move in review.moves],
        "entries": [_entry(news) for news in review.entries],
        "relations": {
            "gained": [_relation(relation) for relation in review.gained],
            "lost": [_relation(relation) for relation in review.lost],
        },
        "mentions": {"gained": review.mentions_gained, "lost": review.mentions_lost},
        "findings": {
            "added": [_finding(found) for found in review.findings.added],
            "cured": [_finding(found) for found in review.findings.cured],
        },
        "policy": [
            {"path": change.path, "what": change.what, "is_loosened": change.is_loosened}
            for change in review.policy
        ],
        "edited": [
            {
                "record": _record(edit.record),
                "fields": list(edit.fields),
                "sections": list(edit.sections),
            }
            for edit in review.edited
        ],
    }
    return json_text(_encodable(document))


def _record(record: Named) -> dict[str, Any]:
    return {
        "id": record.id,
        "type": record.type or None,
        "status": record.status or None,
        "title": record.title,
        "path": record.path,
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "record": _record(move.record),
        "field": move.field,
        "from": move.before or None,
        "to": move.after or None,
        "steps": [dict(step) for step in move.steps],
        "needs_steps": move.needs_steps,
    }


def _entry(news: EntryNews) -> dict[str, Any]:
    return {
        "fate": news.fate,
        "is_breach": news.is_breach,
        "is_learning": news.is_learning,
        "record": _record(news.record),
        "section": news.section,
        "name": news.name,
        "before": news.before or None,
        "text": news.text or None,
        "answers": [{"verb": verb, "entry": name} for verb, name in news.answers],
        "moved_to": news.to or None,
    }


def _relation(relation: RelationNews) -> dict[str, Any]:
    return {
        "relation": relation.kind,
        "label": relation.label,
        "source": _record(relation.source),
        "target": _record(relation.target),
    }


def _finding(found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "slug": found.slug,
        "severity": found.severity.value,
        "path": found.path,
        "line": found.span.start.line if found.span else None,
        "record": found.record,
        "message": found.message,
    }


def _encodable(value: Any) -> Any:
    """The same with what no JSON can hold written out, wherever a stranger wrote it."""
    if isinstance(value, Mapping):
        return {encodable(str(key)): _encodable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_encodable(one) for one in value]
    return (
        value if value is None or isinstance(value, bool | int | float) else encodable(str(value))
    )
