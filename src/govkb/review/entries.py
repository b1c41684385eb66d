"""What became of the entries of append-only sections: as it may be, and as it may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from govkb.history import (
    ChangeKind,
    Entry,
    EntryChange,
    Ledger,
    LedgerLine,
    answers_in,
    compare_with_base,
    entries_of,
    name_of,
)
from govkb.history.entries import append_only_sections, entries_among
from govkb.history.ledger import file_name
from govkb.knowledge_base import Before, KnowledgeBase
from govkb.reading import Record
from govkb.review.pairing import Pairing
from govkb.review.views import EntryNews, Named, named

# What only holds entries together is none that anyone would ask for.
_FRAME = ("heading", "table-head")
_WORDS = {
    ChangeKind.DROPPED: "lost",
    ChangeKind.INSERTED: "inserted before older ones",
    ChangeKind.UNMARKED: "tombstone lost",
}


def entry_news(before: Before, base: KnowledgeBase, pairs: Pairing) -> tuple[EntryNews, ...]:
    """The breaches, then what was added, redacted and moved, by record."""
    folder = base.config.ledger_folder

    def earlier(record_id: str) -> Ledger | None:
        return before.ledger(record_id, base.ledgers, folder)

    changes = compare_with_base(before.records, base.records_by_id, base.ledgers, earlier)
    events = list(_events(before, base))
    shown = {c.after.digest for c in changes if c.after is not None}
    shown |= {line.moved_as for _, line in events if line.moved_as is not None}
    return (
        *(_breach(change) for change in changes),
        *_added(base, pairs, before.changed, shown),
        *(news for ledger, line in events for news in _event(base, ledger, line)),
    )


def _breach(change: EntryChange) -> EntryNews:
    entry = change.before or change.after
    digest = change.digest or (entry.digest if entry is not None else "")
    return EntryNews(
        _WORDS.get(change.kind, str(change.kind)),
        named(change.record) if change.record else Named(change.record_id, "", "", "", change.path),
        change.section,
        name_of(digest),
        change.after.text if change.after is not None else "",
        change.before.text if change.before is not None else "",
        is_learning=change.record is not None and _is_learning(change.record, change.section),
        is_breach=True,
    )


def _added(
    base: KnowledgeBase, pairs: Pairing, changed: frozenset[str], shown: set[str]
) -> Iterator[EntryNews]:
    """The entries that there weren't, but for those whose digests are `shown` elsewhere.

    Of a new record only what it teaches counts, without what it carries on.
    """
    for old, record in pairs.kept:
        if record.path in changed or old.path in changed:
            known = Counter((entry.section, entry.text) for entry in entries_among(old))
            yield from _fresh(record, append_only_sections(record), known, shown)
    for record in pairs.new:
        sections = [name for name in append_only_sections(record) if _is_learning(record, name)]
        yield from _fresh(record, sections, _carried_on(base, record, sections), shown)


def _fresh(
    record: Record, sections: Iterable[str], known: Counter[tuple[str, str]], shown: set[str]
) -> Iterator[EntryNews]:
    answers: dict[str, list[tuple[str, str]]] = {}
    for answer in answers_in(record):
        answers.setdefault(answer.entry.digest, []).append((answer.verb, f"L-{answer.digits[:8]}"))
    for section in sections:
        for entry in entries_of(record, section):
            if known[section, entry.text] > 0:
                known[section, entry.text] -= 1
            elif _is_shown(entry) and entry.digest not in shown:
                said = tuple(answers.get(entry.digest, ()))
                teaches = _is_learning(record, section)
                about = named(record), section, entry.name, entry.text, "", said
                yield EntryNews("added", *about, is_learning=teaches)


def _is_shown(entry: Entry) -> bool:
    return entry.block.kind not in _FRAME and entry.tombstone_for is None


def _carried_on(
    base: KnowledgeBase, record: Record, sections: Iterable[str]
) -> Counter[tuple[str, str]]:
    """The entries of the records before a record that accumulates what they say."""
    previous = [
        base.records_by_id[edge.target]
        for edge in base.graph.outgoing.get(record.id, ())
        if edge.kind is not None and edge.kind.name == "previous"
    ]
    return Counter(
        (section, entry.text)
        for section in sections
        for other in previous
        for entry in entries_of(other, section)
    )


def _is_learning(record: Record, section: str) -> bool:
    known = record.type.sections.get(section) if record.type is not None else None
    return known is not None and known.holds == "learnings"


def _events(before: Before, base: KnowledgeBase) -> Iterator[tuple[Ledger, LedgerLine]]:
    """What the ledgers newly say of entries that were sealed already."""
    folder = base.config.ledger_folder
    for record_id, ledger in sorted(base.ledgers.items()):
        if f"{folder}/{file_name(record_id)}" in before.changed:
            had = before.ledger(record_id, base.ledgers, folder)
            known = Counter(had.lines if had is not None else ())
            for line in ledger.lines:
                known[line] -= 1
                if known[line] < 0 and line.event != "add":
                    yield ledger, line


def _event(base: KnowledgeBase, ledger: Ledger, line: LedgerLine) -> Iterator[EntryNews]:
    record = base.records_by_id.get(ledger.record_id)
    if record is None:
        return
    name, teaches = name_of(line.digest), _is_learning(record, line.section)
    if line.event == "redact":
        stones = (e for e in entries_among(record) if e.tombstone_for is not None)
        text = next((e.text for e in stones if line.digest.startswith(e.tombstone_for or "-")), "")
        yield EntryNews("redacted", named(record), line.section, name, text, is_learning=teaches)
    elif line.target is not None:
        there = base.records_by_id.get(line.target)
        shown = entries_among(there) if there is not None else ()
        text = next((entry.text for entry in shown if entry.digest == line.moved_as), "")
        yield EntryNews(
            "moved", named(record), line.section, name, text, to=line.target, is_learning=teaches
        )
