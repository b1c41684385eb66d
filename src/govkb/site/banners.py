"""What must be read before a record is believed."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from govkb.graph import Relation
from govkb.history.entries import Entry, entries_among
from govkb.queries.deadlines import deadlines_in, overdue
from govkb.reading import Record
from govkb.record_types.status_words import NO_LONGER_IN_FORCE
from govkb.site.answers import answered, link_to, shortened
from govkb.site.deadlines import label_of
from govkb.site.rendering import entry_anchor, entry_name, is_redacted
from govkb.site.viewpoint import RecordLink, Viewpoint

_SUPERSEDING = ("supersedes", "temporarily_supersedes")
_MOST = 10
_NOTICE = b"[redacted L-"


class Banner(Struct, frozen=True):
    """A sentence that must be read before the record is believed."""

    kind: str
    text: str
    links: tuple[RecordLink, ...] = ()


def banners_of(record: Record, view: Viewpoint) -> tuple[Banner, ...]:
    """The banners of a record, the gravest first."""
    # To find the entries takes a second look at the text, which most records can do without.
    concerned = view.background.answers or _NOTICE in record.source.data
    entries = tuple(entries_among(record)) if concerned else ()
    return (
        *_overruled(record, view),
        *_late(record, view),
        *_answered(entries, view),
        *_redacted(record, entries, view),
    )


def _overruled(record: Record, view: Viewpoint) -> Iterator[Banner]:
    incoming = view.base.graph.incoming.get(record.id, ())
    arriving = tuple(r for r in incoming if view.base.is_in_force(r))
    lasting = tuple(r for r in arriving if "until" not in r.qualifiers)
    for relation in arriving:
        if relation not in lasting and relation.kind and relation.kind.name in _SUPERSEDING:
            yield _for_a_time(relation, view)
    superseding = _sources(lasting, "supersedes", view)
    if superseding:
        yield Banner("warning", "This record is superseded. Read instead:", superseding)
    elif record.status in NO_LONGER_IN_FORCE:
        yield Banner("warning", f"This record is {record.status}; it is no longer in force.")
    contradicting = _sources(arriving, "contradicts", view)
    if contradicting:
        yield Banner("warning", "This record is contradicted by:", contradicting)


def _late(record: Record, view: Viewpoint) -> Iterator[Banner]:
    """Which of its own days a record has let pass."""
    for found in overdue(deadlines_in(record), view.base.today):
        yield Banner("warning", f"{label_of(found)} {found.day}: that day has passed.")


def _answered(entries: tuple[Entry, ...], view: Viewpoint) -> Iterator[Banner]:
    """Which entries of the record later ones answer."""
    for entry in entries:
        for answer in view.background.answers:
            if entry.digest.startswith(answer.digits):
                text = f"{answered(answer)}: “{shortened(entry.text)}” Read also:"
                yield Banner("warning", text, (link_to(answer, view),))


def _redacted(record: Record, entries: tuple[Entry, ...], view: Viewpoint) -> Iterator[Banner]:
    found = [entry for entry in entries if is_redacted(entry)]
    if found:
        number = "One entry was" if len(found) == 1 else f"{len(found)} entries were"
        links = tuple(_redaction(record, entry, view) for entry in found[:_MOST])
        yield Banner("info", f"{number} redacted; what stands there says when and why.", links)


def _redaction(record: Record, entry: Entry, view: Viewpoint) -> RecordLink:
    said = shortened(entry.text.rstrip("|").removesuffix("]").partition(" on ")[2])
    return view.link(record, entry_anchor(entry))._replace(id=entry_name(entry), title=said)


def _for_a_time(relation: Relation, view: Viewpoint) -> Banner:
    """What holds instead of something in this record, for what and until when."""
    said = relation.qualifiers
    scope = f" for {said['scope']}" if "scope" in said else ""
    text = f"Superseded{scope} until {said['until']}. Read instead:"
    return Banner("warning", text, view.links([view.base.records_by_id[relation.source]]))


def _sources(relations: tuple[Relation, ...], kind: str, view: Viewpoint) -> tuple[RecordLink, ...]:
    found = [r.source for r in relations if r.kind is not None and r.kind.name == kind]
    return view.links(view.base.records_by_id[source] for source in sorted(found))
