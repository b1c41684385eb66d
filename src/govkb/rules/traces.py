"""Which files are named in texts, by their whole names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

# What a path can be made of without quotes; every text is looked through once, whatever is sought.
_TOKEN = re.compile(r"[\w@%+~./-]+")
_EDGES = "./-~"


def files_named(texts: Iterable[str], paths: Iterable[str]) -> frozenset[str]:
    """Those of the paths whose names stand in one of the texts.

    A text may name a file by its name alone or by a path, from the top or from further down. A
    name with blanks counts by the path that it ends: letter by letter, and not within another word.
    """
    by_name: dict[str, set[str]] = defaultdict(set)
    by_last_word: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        name = path.rpartition("/")[2]
        if _TOKEN.fullmatch(name):
            by_name[name.strip(_EDGES)].add(path)
        elif words := _TOKEN.findall(name):
            by_last_word[words[-1].strip(_EDGES)].add(path)
    found: set[str] = set()
    for text in texts:
        for match in _TOKEN.finditer(text):
            token = match[0].rstrip(_EDGES)
            last = token.rpartition("/")[2].lstrip(_EDGES)
            if last in by_name:
                found |= {path for path in by_name[last] if _is_meant(token, path)}
            if last in by_last_word:
                found |= {
                    p for p in by_last_word[last] if _stands_at(text, match.start() + len(token), p)
                }
    return frozenset(found)


def _is_meant(token: str, path: str) -> bool:
    """Whether a path as written ends as a file's own does, or the other way round."""
    written = token.lstrip(_EDGES).split("/")
    own = path.lstrip(_EDGES).split("/")
    length = min(len(written), len(own))
    return written[-length:] == own[-length:]


def _stands_at(text: str, end: int, path: str) -> bool:
    """Whether the name of a file stands in a text around the end of its last word."""
    name = path.rpartition("/")[2]
    start = text.rfind(name, max(0, end - len(name)), end + len(name))
    if start < 0:
        return False
    before, after = text[start - 1 : start], text[start + len(name) : start + len(name) + 1]
    return not _is_inside(before) and not _is_inside(after)


def _is_inside(character: str) -> bool:
    return bool(character) and (character.isalnum() or character in "_-")
