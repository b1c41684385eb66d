"""Globs for paths, written as in .gitignore."""

from __future__ import annotations

import re
import warnings
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


def is_glob(text: str) -> bool:
    """Whether a text can be used as a glob at all: `[` and `!` fit no path, whatever they meant."""
    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what some later Python may read in another way
        try:
            patterns = GitIgnoreSpec.from_lines([text]).patterns
        except (ValueError, re.error):
            return False
    return any(pattern.include is not None for pattern in patterns)
