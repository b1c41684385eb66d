"""Globs for paths, written as in .gitignore."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from fnmatch import fnmatchcase
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


def wildcard_matcher(glob: str) -> Matches:
    """A test for one glob that a stranger may have written: its time grows with both texts only.

    `*` and `?` stand for what is in one folder, `**` for any number of folders. One without a
    folder fits in all of them, and whatever is in a folder that fits does too.
    """
    plain = glob.replace("[", "[[]")
    fixed = re.split(r"[*?\[]", plain, maxsplit=1)[0] if "/" in glob else ""
    wanted = [*([] if "/" in glob else ["**"]), *plain.strip("/").split("/"), "**"]
    return lambda path: path.startswith(fixed) and _fits(wanted, path.split("/"))


def _fits(wanted: list[str], parts: list[str]) -> bool:
    """Whether parts of a path fit those of a glob; only the last `**` is ever tried again."""
    here = there = 0
    retry: tuple[int, int] | None = None
    while there < len(parts):
        if here < len(wanted) and wanted[here] == "**":
            retry = (here, there)
            here += 1
        elif here < len(wanted) and fnmatchcase(parts[there], wanted[here]):
            here, there = here + 1, there + 1
        elif retry is not None:
            here, there = retry[0] + 1, retry[1] + 1
            retry = (retry[0], there)
        else:
            return False
    return all(part == "**" for part in wanted[here:])
