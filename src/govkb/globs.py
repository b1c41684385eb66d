"""Globs for paths, written as in .gitignore."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

Matches = Callable[[str], bool]


@cache
def matcher(globs: tuple[str, ...]) -> Matches | None:
    """A test for paths that fit one of the globs; None where there are none."""
    if not globs:
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(globs).match_file
