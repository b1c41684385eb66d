"""The words in which every format for people tells of a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from govkb.diagnostics import Diagnostic
from govkb.reporting.tables import shown
from govkb.review import Edit, EntryNews, Move, Review

NOTHING = "nothing changes in the records, nor in what is checked"


def headline(review: Review) -> str:
    """How much of everything there is, in one line."""
    kept = review.kept_entries
    learnings = sum(entry.fate == "added" and entry.is_learning for entry in kept)
    counts = (
        (len(review.breaches), "append-only entry broken", "append-only entries broken"),
        (len(review.loosened), "check loosened", "checks loosened"),
        (len(review.unreadable), "record can't be read now", "records can't be read now"),
        (len(review.new), "new record", "new records"),
        (len(review.gone), "record gone", "records gone"),
        (len(review.renamed), "record moved", "records moved"),
        (len(review.retitled), "title changed", "titles changed"),
        (sum(move.before != move.after for move in review.moves), "value moved", "values moved"),
        (sum(move.before == move.after for move in review.moves), "probed again", "probed again"),
        (learnings, "learning added", "learnings added"),
        (_fates(kept, "added") - learnings, "entry added", "entries added"),
        (_answered(kept, "supersedes"), "entry superseded", "entries superseded"),
        (_answered(kept, "contradicts"), "entry contradicted", "entries contradicted"),
        (_fates(kept, "redacted"), "entry redacted", "entries redacted"),
        (_fates(kept, "moved"), "entry moved", "entries moved"),
        (len(review.gained), "relation gained", "relations gained"),
        (len(review.lost), "relation lost", "relations lost"),
        (review.mentions_gained, "mention gained", "mentions gained"),
        (review.mentions_lost, "mention lost", "mentions lost"),
        (len(review.findings.added), "finding added", "findings added"),
        (len(review.findings.cured), "finding cured", "findings cured"),
        (_policy_files(review), "policy file changed", "policy files changed"),
        (len(review.edited), "record edited", "records edited"),
    )
    return ", ".join(f"{n} {one if n == 1 else more}" for n, one, more in counts if n)


def since(review: Review) -> str:
    """What it is compared with."""
    return f"since {review.ref} ({review.commit[:12]})"


def step(said: Mapping[str, Any], *, is_one_of_many: bool) -> str:
    """One step of a history: when, by whom, what was looked at and what that showed."""
    probe = said.get("probe")
    parts = [" ".join(filter(None, (shown(said.get("at")), _by(said.get("by")))))]
    if is_one_of_many:
        parts.append(f"{shown(said.get('from')) or '?'} → {shown(said.get('to'))}")
    if isinstance(probe, dict):
        when = shown(probe.get("observed_at"))
        seen = f"probe: {shown(probe.get('what'))}{f' ({when})' if when else ''}"
        parts.append(f"{seen}: {shown(probe.get('result'))}")
    elif probe:
        parts.append(f"probe: {shown(probe)}")
    told = ("at", "by", "from", "to", "probe")
    parts += [f"{key}: {shown(value)}" for key, value in said.items() if key not in told and value]
    return "; ".join(filter(None, parts))


def evidence(move: Move) -> str:
    """What the record says of a move; that it says nothing, where it has to."""
    if move.steps:
        are_many = len(move.steps) > 1
        return " / ".join(step(said, is_one_of_many=are_many) for said in move.steps)
    return "no step in its history" if move.needs_steps else ""


def values(move: Move) -> str:
    """From what to what."""
    if move.before == move.after:
        return f"{move.after}, looked at again"
    return f"{move.before or 'none'} → {move.after or 'none'}"


def entry(news: EntryNews) -> str:
    """An entry's text, what it answers or where it went; of an edit both texts."""
    if news.is_breach and news.before and news.text and news.before != news.text:
        return f"was: {news.before} / is: {news.text}"
    text = news.text or news.before
    answers = [f"{verb} {name}" for verb, name in news.answers]
    to = [f"to {news.to}"] if news.to else []
    return f"{text} [{'; '.join(answers + to)}]" if answers or to else text


def fate(news: EntryNews) -> str:
    """What became of an entry, in a word or a few."""
    what = "learning" if news.is_learning else "entry"
    return f"{what} {news.fate}"


def parts(edit: Edit) -> str:
    """The parts of a record that differ."""
    named = [*edit.fields, *(f"“{name}”" if name else "the beginning" for name in edit.sections)]
    return ", ".join(named) or "in form only"


def place(diagnostic: Diagnostic) -> str:
    """The file and the line."""
    start = diagnostic.span.start if diagnostic.span else None
    return f"{diagnostic.path}:{start.line}" if start else diagnostic.path


def _fates(entries: Iterable[EntryNews], name: str) -> int:
    return sum(news.fate == name for news in entries)


def _answered(entries: Iterable[EntryNews], wanted: str) -> int:
    return len({name for news in entries for verb, name in news.answers if verb == wanted})


def _policy_files(review: Review) -> int:
    return len({change.path for change in review.policy if not change.is_loosened})


def _by(value: Any) -> str:
    return f"by {shown(value)}" if value else ""
