"""The files that a section lists: those of a change, as its author wrote them down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from govkb.globs import wildcard_matcher
from govkb.reading.body import Block, read_body
from govkb.reading.braces import MOST_NAMES, expanded

# So that a list that goes on and on stays cheap.
_MOST_PATHS, _MOST_GLOBS, _LONGEST = 5000, 100, 1000

_POINT = re.compile(r"^[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?", re.MULTILINE)
_CODE = re.compile(r"`+([^`]+)`+")
_LINK = re.compile(r"\[([^\]\n]{0,300})\]\([^)\n]{0,300}\)")
# What may stand between two paths of one point.
_BETWEEN = re.compile(r"[\s,;&+]*(?:and\b)?[\s,;&+]*")
_IN_BRACES = re.compile(r"(?<=[{,])[ \t]+|[ \t]+(?=[,}])")
_LINES = re.compile(r":[0-9]+(?:[-–:][0-9]+)?\Z")
# What git writes in front of a path: `M`, `R100`.
_STATUS = re.compile(r"\A\s*[ACDMRT][0-9]{0,3}\s+")
_PATH = re.compile(r"[^\s\"'<>|$\\:@]+")
_ENDING = re.compile(r"(?:\A|[^/.])\.[A-Za-z][A-Za-z0-9]{0,9}\Z|\A\.[a-z]")


@dataclass(slots=True)
class FileList:
    """What a section lists: paths of files and folders, and globs.

    Those in `claimed` are said to be touched; the others are only named beside them. What stands
    for too many paths is in `unread`, as it is written.
    """

    named: set[str] = field(default_factory=set)
    claimed: dict[str, None] = field(default_factory=dict)
    globs: dict[str, None] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def unlisted(self, changed: Iterable[str]) -> list[str]:
        """The changed paths that it doesn't have, sorted; none where it can't all be read."""
        if self.unread:
            return []
        covers = [wildcard_matcher(glob) for glob in self.globs]
        rest = (path for path in changed if not self.named.intersection(_with_folders(path)))
        return sorted(path for path in rest if not any(fits(path) for fits in covers))

    def untouched(self, changed: frozenset[str]) -> list[str]:
        """What it claims and nothing changed, as it is written there."""
        touched = set(chain.from_iterable(map(_with_folders, changed)))
        return [path for path in self.claimed if not self._is_touched(path, touched, changed)]

    def _is_touched(self, path: str, touched: set[str], changed: frozenset[str]) -> bool:
        if path not in self.globs:
            return path in touched
        return any(map(wildcard_matcher(path), changed))


def read_file_list(data: bytes, start: int, end: int) -> FileList:
    """The files listed between two offsets: in points of lists, rows of tables, blocks of code.

    A path stands between backticks, or begins the point. `{a,b}` is expanded.
    """
    found = FileList()
    left = _MOST_PATHS
    for written, is_claimed in _all_written(data[:end], start):
        names = expanded(_IN_BRACES.sub("", written.strip()), min(left, MOST_NAMES))
        left -= len(names or ())
        if names is None or not left:
            found.unread.append(written)
        for name in names or ():
            _add(found, name, is_claimed)
        if not left:
            break
    return found


def _all_written(data: bytes, start: int) -> Iterator[tuple[str, bool]]:
    for block in read_body(data, start).blocks:
        for text in _texts(block, data[block.start : block.end].decode("utf-8", "replace")):
            yield from _written(text)


def _texts(block: Block, text: str) -> Iterator[str]:
    """What each point of a list, row of a table or line of code says."""
    if block.kind == "item":
        yield from _POINT.split(text)
    elif block.kind == "table-row":
        yield text.strip().strip("|").strip()
    elif block.kind == "code":
        yield from (_STATUS.sub("", line) for line in text.splitlines())


def _written(text: str) -> Iterator[tuple[str, bool]]:
    """The paths in a text, each with whether it is what the text is about."""
    spans = list(_CODE.finditer(text))
    at = spans[0].start() if spans else len(text)
    (word,) = _LINK.sub(r"\1", text[: min(at, _LONGEST)]).split(maxsplit=1)[:1] or [""]
    word = word.strip("*_,:;")
    is_claimed = not _is_path(word)
    if not is_claimed:
        yield word, True
    for span in spans:
        is_claimed = is_claimed and _BETWEEN.fullmatch(text, at, span.start()) is not None
        yield span[1], is_claimed
        at = span.end()


def _add(found: FileList, name: str, is_claimed: bool) -> None:
    plain = _LINES.sub("", name).removeprefix("./")
    path = plain.rstrip("/")
    if not _PATH.fullmatch(path) or path.startswith(("/", "-", "../")) or path.endswith(")"):
        return
    if "*" not in path and "?" not in path:
        found.named.add(path)
    elif len(found.globs) >= _MOST_GLOBS:
        found.unread.append(path)
    else:
        found.globs[path] = None
    if is_claimed and _is_path(plain):
        found.claimed[path] = None


def _is_path(text: str) -> bool:
    """Whether a text is more than a word: with a folder, or the ending of a file."""
    return "/" in text or _ENDING.search(text) is not None


def _with_folders(path: str) -> Iterator[str]:
    """A path, and all the folders that it is in."""
    while path:
        yield path
        path = path.rpartition("/")[0]
