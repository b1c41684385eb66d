"""Records that were there before govkb, as far as names of files tell."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from govkb.config import Config
from govkb.errors import UsageError

# How records are called elsewhere: 0001-use-postgres.md, ADR-7.md, rfc_012-queue.md. Chapters
# (01-start.md, part-1.md) and posts (2026-04-21-news.md) are none.
_RECORD_NAME = re.compile(
    r"(?!\d{4}-\d\d-\d\d)"
    r"(?:(?:adr|dec|decision|rfc|rfd|inc|incident|postmortem|pir|evo|prop)[-_]?\d{1,8}|\d{3,6})"
    r"(?:[-_. ].*)?\.md",
    re.IGNORECASE,
)
_FEWEST = 2
_MOST_LOOKED_AT = 20_000
_PASSED = frozenset({"node_modules", "vendor", "third_party", "site-packages", "site", "templates"})


def refuse_records_elsewhere(root: Path) -> None:
    """Raises UsageError where files look like records that somebody has kept for a while."""
    for folder, count in _numbered(root):
        if count >= _FEWEST:
            message = f"{folder}: {count} files look like records already"
            raise UsageError(
                message,
                "`govkb adopt --write` fits govkb to them as they are, `govkb init` adds the rest\n"
                "or begin beside them: `govkb init --records records`",
            )


def _numbered(root: Path) -> Iterator[tuple[str, int]]:
    """The folders, but for that of the records, with how many of their files have a number."""
    seen = 0
    for place, folders, files in os.walk(root):
        path = Path(place).relative_to(root).as_posix()
        folders[:] = sorted(f for f in folders if f not in _PASSED and not f.startswith("."))
        if path == ".":
            folders[:] = [folder for folder in folders if folder != Config(root).records]
        seen += len(files)
        if seen > _MOST_LOOKED_AT:
            return
        yield path, sum(1 for file in files if _RECORD_NAME.fullmatch(file))


def holds_markdown(config: Config) -> bool:
    """Whether there are records, or what is going to be told to be none."""
    walks = (os.walk(config.root / folder) for folder in config.folders.all)
    for _, folders, files in chain.from_iterable(walks):
        folders[:] = [folder for folder in folders if not folder.startswith(".")]
        if any(f.lower().endswith(".md") and f.lower() != "readme.md" for f in files):
            return True
    return False
