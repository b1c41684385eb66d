"""Which files are named in texts, by their whole names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

# What a path can be made of without quotes.
_TOKEN = re.compile(r"[\w@%+~./-]+")
# What may follow a name at the end of a sentence, or of a folder's path.
_ENDS = "./-~"
_NOWHERE = ("", ".", "..", "~")
# So many names are looked for one by one before a text is taken apart; more would take longer.
_FEW = 40

_Sought = Mapping[str, set[str]]


def files_named(texts: Iterable[bytes], paths: Iterable[str]) -> frozenset[str]:
    """Those of the paths whose names stand in one of the texts.

    A text may name a file by its name alone or by a path, from the top or from further down. A
    name with blanks counts where it stands letter by letter, and not within another word.
    """
    by_name: dict[str, set[str]] = defaultdict(set)
    by_last_word: dict[str, set[str]] = defaultdict(set)
    missing = set(paths)
    for path in missing:
        name = path.rpartition("/")[2]
        if _TOKEN.fullmatch(name):
            by_name[name.rstrip(_ENDS)].add(path)
        elif words := _TOKEN.findall(name):
            by_last_word[words[-1].rstrip(_ENDS)].add(path)
    parts = [part.encode("utf-8", "surrogateescape") for part in (*by_name, *by_last_word)]
    found: set[str] = set()
    for data in texts:
        if len(found) == len(missing):
            break
        if len(parts) > _FEW or any(part in data for part in parts):
            found |= _named_in(data.decode("utf-8", "replace"), by_name, by_last_word)
    return frozenset(found)


def _named_in(text: str, by_name: _Sought, by_last_word: _Sought) -> set[str]:
    found: set[str] = set()
    for match in _TOKEN.finditer(text):
        token = match[0].rstrip(_ENDS)
        last = token.rpartition("/")[2]
        if last in by_name:
            found |= {path for path in by_name[last] if _is_meant(token, path)}
        if last in by_last_word:
            end = match.start() + len(token)
            found |= {path for path in by_last_word[last] if _stands_at(text, end, path)}
    return found


def _is_meant(token: str, path: str) -> bool:
    """Whether a path as written ends as a file's own does, or the other way round."""
    written = [part for part in token.split("/") if part not in _NOWHERE]
    own = path.rstrip(_ENDS).split("/")
    length = min(len(written), len(own))
    return written[-length:] == own[-length:]


def _stands_at(text: str, end: int, path: str) -> bool:
    """Whether the name of a file stands in a text around the end of its last word."""
    name = path.rpartition("/")[2]
    start = text.rfind(name, max(0, end - len(name)), end + len(name))
    if start < 0:
        return False
    before, after = text[max(0, start - 1) : start], text[start + len(name) : start + len(name) + 1]
    return not _is_inside(before) and not _is_inside(after)


def _is_inside(character: str) -> bool:
    return bool(character) and (character.isalnum() or character in "_-")
