"""A review as rows: what happened, to which record, and what it is."""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic
from govkb.reporting.reviews import wording
from govkb.review import Named, RelationNews, Review

HEADINGS = ("CHANGE", "WHERE", "WHAT")

Row = tuple[str, str, str]


def rows(review: Review) -> Iterator[Row]:
    """Every change: first what nobody may overlook, then records, their parts, and findings."""
    for news in review.breaches:
        where = news.record.id or news.record.path
        yield f"BREACH {wording.fate(news)}", where, f"{news.name}  {wording.entry(news)}"
    for change in review.loosened:
        yield "LOOSENED", change.path, change.what
    yield from _records(review)
    for move in review.moves:
        said = "  ".join(filter(None, (wording.values(move), wording.evidence(move))))
        yield move.field, move.record.id, said
    for news in review.kept_entries:
        yield wording.fate(news), news.record.id, f"{news.name}  {wording.entry(news)}"
    for relation in review.gained:
        yield "relation gained", relation.source.id, _relation(relation)
    for relation in review.lost:
        yield "relation lost", relation.source.id, _relation(relation)
    for found in review.findings.added:
        yield f"{found.severity} added", wording.place(found), _finding(found)
    for found in review.findings.cured:
        yield f"{found.severity} cured", wording.place(found), _finding(found)
    for change in review.policy:
        if not change.is_loosened:
            yield "policy", change.path, change.what
    for edit in review.edited:
        yield "edited", edit.record.id, wording.parts(edit)


def _records(review: Review) -> Iterator[Row]:
    for record in review.unreadable:
        yield "unreadable", record.path, _record(record)
    for record in review.new:
        yield "new", record.id, _record(record)
    for record in review.gone:
        yield "gone", record.id, _record(record)
    for rename in review.renamed:
        then, now = rename.before, rename.after
        if then.id != now.id:
            yield "renamed", then.id, f"→ {now.id}"
        if then.path != now.path:
            yield "moved", now.id, f"{then.path} → {now.path}"
    for retitle in review.retitled:
        yield "title", retitle.record.id, f"{retitle.before} → {retitle.record.title}"


def _record(record: Named) -> str:
    kind = ", ".join(filter(None, (record.type, record.status)))
    return f"{kind}: {record.title}" if kind else record.title


def _relation(relation: RelationNews) -> str:
    target = relation.target
    return f"{relation.label} {target.id}  {relation.source.title} → {target.title}"


def _finding(found: Diagnostic) -> str:
    return f"{found.code} {found.slug}: {found.message}"
