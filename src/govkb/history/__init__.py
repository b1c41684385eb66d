"""What was there before: git, the entries of append-only sections, and what became of them."""

from govkb.history.answers import Answer, answering, answers_among, answers_in
from govkb.history.bodies import TextChange, first_change
from govkb.history.changes import (
    EntryChange,
    compare_with_base,
    compare_with_ledger,
    compare_with_ledgers,
    digests_shown,
    merged,
)
from govkb.history.copies import Copy, contents_of, copies_among
from govkb.history.data_files import DataFile
from govkb.history.entries import Entry, digest_of, entries_of, name_of, normalise, tombstone
from govkb.history.git import Repository, ignored_paths, open_repository
from govkb.history.learnings import Learning, learnings_among, learnings_in, told_once
from govkb.history.ledger import Ledger, LedgerLine, Sealed, read_ledger
from govkb.history.record_histories import RecordHistory, Revision, ValueChange, record_histories
from govkb.history.sequences import ChangeKind

__all__ = [
    "Answer",
    "ChangeKind",
    "Copy",
    "DataFile",
    "Entry",
    "EntryChange",
    "Learning",
    "Ledger",
    "LedgerLine",
    "RecordHistory",
    "Repository",
    "Revision",
    "Sealed",
    "TextChange",
    "ValueChange",
    "answering",
    "answers_among",
    "answers_in",
    "compare_with_base",
    "compare_with_ledger",
    "compare_with_ledgers",
    "contents_of",
    "copies_among",
    "digest_of",
    "digests_shown",
    "entries_of",
    "first_change",
    "ignored_paths",
    "learnings_among",
    "learnings_in",
    "merged",
    "name_of",
    "normalise",
    "open_repository",
    "read_ledger",
    "record_histories",
    "told_once",
    "tombstone",
]
