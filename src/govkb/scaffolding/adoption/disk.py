"""Reads a tree from disk, within bounds and without touching anything."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from govkb.errors import StorageError
from govkb.history import ignored_paths
from govkb.scaffolding.adoption.inventory import Inventory

# Folders that tools fill; whatever is Markdown in them is somebody else's.
_TOOL_FOLDERS = frozenset(
    {"node_modules", "bower_components", "vendor", "third_party", "site-packages", "__pycache__"}
)
_READ = (".md", ".yaml", ".yml")
_MAX_FILES = 200_000
_MAX_READ = 20_000
_MAX_BYTES = 1024 * 1024


@dataclass
class _Walk:
    """One walk through a tree; `left` is how many more files it may look at."""

    root: Path
    ignored: frozenset[str]
    left: int = _MAX_FILES
    passed: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    def files(self, folder: str) -> Iterator[str]:
        """Every file below a folder, by path below the root, in a fixed order."""
        for entry in sorted(os.scandir(self.root / folder), key=lambda entry: entry.name):
            path = f"{folder}/{entry.name}" if folder else entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name.startswith("."):
                continue
            if path in self.ignored or f"{path}/" in self.ignored:
                self.passed.append(path)
            elif is_folder and entry.name in _TOOL_FOLDERS:
                self.skipped[entry.name] += 1
            elif is_folder:
                yield from self.files(path)
            elif self.left > 0:
                self.left -= 1
                yield path


def survey(root: Path) -> Inventory:
    """What is below a folder: hidden files, what git ignores and what tools put there left out.

    Raises StorageError where the disk fails.
    """
    texts: dict[str, bytes] = {}
    others: set[str] = set()
    walk = _Walk(root, frozenset(ignored_paths(root)))
    try:
        for path in walk.files(""):
            if len(texts) < _MAX_READ and _is_readable(root / path):
                texts[path] = (root / path).read_bytes()
            else:
                others.add(path)
        ignored = tuple(path for path in walk.passed if _holds_markdown(root / path))
    except OSError as error:
        raise StorageError(f"{error.filename}: can't be read: {error.strerror}") from error
    is_cut_off = walk.left == 0 or len(texts) == _MAX_READ
    return Inventory(texts, frozenset(others), dict(walk.skipped), ignored, is_cut_off)


def _is_readable(file: Path) -> bool:
    """Whether it is a text of reasonable size and no link to something else."""
    is_text = file.name.lower().endswith(_READ) and not file.is_symlink()
    return is_text and file.stat().st_size <= _MAX_BYTES


def _holds_markdown(path: Path) -> bool:
    """Whether records could be in something that git ignores, so that it must be left out."""
    if not path.is_dir():
        return path.suffix.lower() == ".md"
    walk = _Walk(path, frozenset(), left=_MAX_FILES // 100)
    return any(file.lower().endswith(".md") for file in walk.files(""))
