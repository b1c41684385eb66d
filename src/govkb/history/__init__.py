"""What was there before: git, the entries of append-only sections, and what became of them."""

from govkb.history.changes import ChangeKind, EntryChange, compare_with_base
from govkb.history.entries import Entry, entries_of, normalise
from govkb.history.git import Repository, ignored_paths, open_repository

__all__ = [
    "ChangeKind",
    "Entry",
    "EntryChange",
    "Repository",
    "compare_with_base",
    "entries_of",
    "ignored_paths",
    "normalise",
    "open_repository",
]
