"""A review for a comment on a merge request or the summary of a job.

It begins with a comment by which a job finds what it wrote before. Nothing in a record becomes
markup, a mention, a reference or a link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from govkb.diagnostics import Diagnostic
from govkb.reporting.forge_text import line, name
from govkb.reporting.reviews import wording
from govkb.review import EntryNews, Named, RelationNews, Review

MARKER = "<!-- govkb diff -->"
# Forges take 65,536 characters; a job may want to say something of its own.
MOST_BYTES = 60_000
# So many rows a table, fewer where all of them don't fit.
_PORTIONS = (500, 200, 100, 50, 20, 10, 5, 2, 1, 0)
_LONG = 8

Row = tuple[str, ...]


class Section(Struct, frozen=True):
    """A table under its title; what is `urgent` is never folded away."""

    title: str
    headings: Row
    rows: Sequence[Row]
    urgent: bool = False


def render(review: Review) -> str:
    """The whole comment, at most 60,000 bytes; what is left out is counted."""
    sections = [section for section in _sections(review) if section.rows]
    for most in _PORTIONS:
        text = _written(review, sections, most)
        if len(text.encode()) <= MOST_BYTES:
            break
    return text


def _written(review: Review, sections: Sequence[Section], most: int) -> str:
    counts = wording.headline(review) or wording.NOTHING
    since = f"since {name(review.ref)} ({name(review.commit[:12])})"
    lines = [MARKER, "### What this change means", "", f"{counts}, {since}."]
    for section in sections:
        lines += ["", *_section(section, most)]
    return "\n".join(lines) + "\n"


def _section(section: Section, most: int) -> Iterator[str]:
    is_folded = len(section.rows) > _LONG and not section.urgent
    title = f"{section.title} ({len(section.rows)})"
    if is_folded:
        yield from ("<details>", f"<summary>{title}</summary>", "")
    else:
        yield from (f"**{title}**", "")
    shown = section.rows[:most]
    if shown:
        yield _row(section.headings)
        yield _row(["---"] * len(section.headings))
        yield from map(_row, shown)
    left_out = len(section.rows) - len(shown)
    if left_out:
        yield from ("", f"{left_out} more left out here: `govkb diff` shows all.")
    if is_folded:
        yield from ("", "</details>")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _sections(review: Review) -> Iterator[Section]:
    yield Section(
        "⚠ Append-only entries broken",
        ("record", "section", "what", "entry"),
        [_entry(news) for news in review.breaches],
        urgent=True,
    )
    yield Section(
        "⚠ Checks loosened",
        ("file", "what"),
        [(name(change.path), line(change.what)) for change in review.loosened],
        urgent=True,
    )
    yield from _records(review)
    yield Section(
        "Statuses and severities",
        ("record", "field", "value", "evidence"),
        [
            (_titled(m.record), name(m.field), line(wording.values(m)), line(wording.evidence(m)))
            for m in review.moves
        ],
    )
    yield Section(
        "Learnings and other entries",
        ("record", "section", "what", "entry"),
        [_entry(news) for news in review.kept_entries],
    )
    for what, relations in (("gained", review.gained), ("lost", review.lost)):
        rows = [_relation(relation) for relation in relations]
        yield Section(f"Relations {what}", ("record", "relation", "record"), rows)
    for what, found in (("added", review.findings.added), ("cured", review.findings.cured)):
        rows = [_finding(one) for one in found]
        yield Section(f"Findings {what}", ("severity", "rule", "where", "what"), rows)
    yield Section(
        "What is checked",
        ("file", "what"),
        [(name(c.path), line(c.what)) for c in review.policy if not c.is_loosened],
    )
    yield Section(
        "Records edited",
        ("record", "parts"),
        [(_titled(edit.record), line(wording.parts(edit))) for edit in review.edited],
    )


def _records(review: Review) -> Iterator[Section]:
    headings = ("record", "type", "status", "title")
    unreadable = [(name(r.id), name(r.path), line(r.title)) for r in review.unreadable]
    yield Section("⚠ Records that can't be read now", ("record", "file", "title"), unreadable, True)
    yield Section("New records", headings, [_record(record) for record in review.new])
    yield Section("Records gone", headings, [_record(record) for record in review.gone])
    yield Section(
        "Records moved",
        ("before", "after", "title"),
        [
            (_where(one.before, one.after), _where(one.after, one.before), line(one.after.title))
            for one in review.renamed
        ],
    )
    yield Section(
        "Titles changed",
        ("record", "before", "after"),
        [
            (name(one.record.id), line(one.before), line(one.record.title))
            for one in review.retitled
        ],
    )


def _record(record: Named) -> Row:
    return name(record.id), line(record.type), line(record.status), line(record.title)


def _where(record: Named, other: Named) -> str:
    """What of a record's names is another than it was."""
    named = [name(record.id)] if record.id != other.id else []
    return " ".join([*named, *([name(record.path)] if record.path != other.path else [])])


def _titled(record: Named) -> str:
    return f"{name(record.id)} {line(record.title, 80)}"


def _entry(news: EntryNews) -> Row:
    where = name(news.record.id or news.record.path)
    return where, line(news.section), line(wording.fate(news)), line(wording.entry(news), 400)


def _relation(relation: RelationNews) -> Row:
    return _titled(relation.source), line(relation.label), _titled(relation.target)


def _finding(found: Diagnostic) -> Row:
    rule = f"{found.code} {found.slug}"
    return found.severity.value, rule, name(wording.place(found)), line(found.message, 300)
