"""What was added to an append-only section since the base."""

from __future__ import annotations

from collections import Counter

from govkb.history import ChangeKind, Entry, entries_of
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.reading.outline import OutlineHeading

# Of these another rule speaks; nobody has appended them.
_TOLD = (ChangeKind.EDITED, ChangeKind.INSERTED, ChangeKind.REORDERED, ChangeKind.HIDDEN)


def added_entries(base: KnowledgeBase, record: Record, section: str) -> list[Entry]:
    """The entries of a section that the base's record doesn't have, in the order of the text.

    A record that is new as a whole has none: nothing was appended to it yet.
    """
    before = base.before.get(record.id)
    if before is None:
        return []
    told = {
        change.after.block.start
        for change in base.changes
        if change.record_id == record.id and change.after and change.kind in _TOLD
    }
    known = Counter(entry.text for entry in entries_of(before, section))
    found = []
    for entry in entries_of(record, section):
        known[entry.text] -= 1
        is_new = known[entry.text] < 0 and entry.block.start not in told
        if is_new and entry.tombstone_for is None:
            found.append(entry)
    return found


def is_added(base: KnowledgeBase, record: Record, heading: OutlineHeading) -> bool:
    """Whether the base has the record, but not this heading."""
    before = base.before.get(record.id)
    return before is not None and all(h.text != heading.text for h in before.outline.headings)
