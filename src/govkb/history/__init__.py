"""What was there before: git, the entries of append-only sections, and what became of them."""

from govkb.history.bodies import TextChange, first_change
from govkb.history.changes import ChangeKind, EntryChange, compare_with_base
from govkb.history.entries import Entry, entries_of, normalise
from govkb.history.git import Repository, ignored_paths, open_repository

__all__ = [
    "ChangeKind",
    "Entry",
    "EntryChange",
    "Repository",
    "TextChange",
    "compare_with_base",
    "entries_of",
    "first_change",
    "ignored_paths",
    "normalise",
    "open_repository",
]
