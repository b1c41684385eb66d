"""Where on the site the pages of each type are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from govkb.record_types.record_type import RecordType

# What the site itself puts at its top.
_TAKEN = (
    "", "all", "assets", "boards", "graph", "handoff", "health", "learnings", "ledger", "r",
    "search", "timeline", "untyped", "vocabulary", "watch",
)  # fmt: skip


def with_site_folders(types: Mapping[str, RecordType]) -> dict[str, RecordType]:
    """The types with a folder each: that of their records, or their name where it isn't theirs.

    Types that share a folder, or have none, would put their pages into each other's way.
    """
    shared = Counter(record_type.folder.casefold() for record_type in types.values())
    free = {
        name: record_type.folder
        for name, record_type in types.items()
        if shared[record_type.folder.casefold()] == 1 and record_type.folder not in _TAKEN
    }
    folders = {folder.casefold() for folder in free.values()}
    return {
        name: replace(record_type, site_folder=free.get(name) or _by_name(name, folders))
        for name, record_type in types.items()
    }


def _by_name(name: str, folders: set[str]) -> str:
    """A folder called like the type; with more to it where that is somebody else's."""
    while name in folders or name in _TAKEN:
        name += "-records"
    folders.add(name)
    return name
