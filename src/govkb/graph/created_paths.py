"""Where a record's text says that a file or folder was added, by the words that its type names.

A word says so of the paths in inline code that follow it (`Added: x/y.sh and x/z.sh`) or stand
before it (`x/y.sh | Created`), and of those that begin the items and rows below a heading that ends
with it (`### Files created`). A note such as *Historical note: references to `old/` …* speaks for
the paths that its first lines name: they were there once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govkb.graph.prose import Layout
from govkb.reading import Outline
from govkb.record_types.body_sources import CreatedPaths

# Folders, then a file with an extension or nothing: `IngressClass/kong` is none, and what begins
# like `example.org/` an address.
_PATH = (
    r"`(?P<path>(?![A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+/)(?:[A-Za-z0-9_.@-]+/)+"
    r"(?:[A-Za-z0-9_.@-]*\.[A-Za-z][A-Za-z0-9]*)?)`"
)
_LISTED = re.compile(
    rf"^[ \t>]*(?:\||[-*+]|[0-9]+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?{_PATH}".encode(), re.MULTILINE
)
_NEXT = re.compile(rf"(?:,|,? and| \+| &)[ \t]+{_PATH}".encode())
_CODE = re.compile(rb"`([^`\n]+)`")
_NOTE_END = re.compile(rb"\n[ \t\r]*(?:[-*+][ \t]|[0-9]+[.)][ \t]|\n)")
_SLASH = ord("/")
_LONGEST = 1000
# What is still to be done wasn't: `to be added`, `not created`.
_DONE = r"(?<!\bbe )(?<!\bnot )(?<!\bnever )(?<!\bto )"


class _Words(NamedTuple):
    """What the words of a type look like: before a path, after one, and at a heading's end."""

    before: re.Pattern[bytes]
    after: re.Pattern[bytes]
    heading: re.Pattern[str]
    note: re.Pattern[bytes] | None


def created_paths(
    data: bytes, outline: Outline, layout: Layout, declared: CreatedPaths
) -> Iterator[tuple[int, int]]:
    """Where each path that is said to have been created stands, the first time it is said.

    Can raise Unsure, as the layout does.
    """
    words = _words(declared)
    spans = sorted({*_said(data, outline.start, words), *_listed(data, outline, words)})
    excused = _excused(data, outline.start, words) if spans else frozenset()
    seen: set[bytes] = set()
    for start, end in spans:
        path = data[start:end]
        if len(path) > _LONGEST or path in seen or _is_excused(path, excused):
            continue
        extent = layout.around(start)
        if extent is not None and extent.is_code and extent[:2] == (start, end):
            seen.add(path)
            yield start, end


def _said(data: bytes, start: int, words: _Words) -> Iterator[tuple[int, int]]:
    """The paths behind a word, also further ones in one breath, and those in front of one."""
    for match in words.before.finditer(data, start):
        found: re.Match[bytes] | None = match
        while found:
            yield found.span("path")
            found = _NEXT.match(data, found.end())
    for match in words.after.finditer(data, start):
        yield match.span("path")


def _listed(data: bytes, outline: Outline, words: _Words) -> Iterator[tuple[int, int]]:
    """The paths that begin items and rows below a heading that says so."""
    ends = [*(heading.start for heading in outline.headings[1:]), outline.end]
    for heading, end in zip(outline.headings, ends, strict=False):
        if words.heading.search(heading.text):
            for match in _LISTED.finditer(data, heading.end, end):
                yield match.span("path")


def _excused(data: bytes, start: int, words: _Words) -> frozenset[bytes]:
    """What notes name before their first item, without a slash at the end."""
    found: set[bytes] = set()
    at = start
    while words.note and (note := words.note.search(data, at)):
        end = _NOTE_END.search(data, note.end())
        at = end.start() if end else len(data)
        found.update(code.rstrip(b"/") for code in _CODE.findall(data, note.end(), at))
    return frozenset(found)


def _is_excused(path: bytes, excused: frozenset[bytes]) -> bool:
    """Whether a note names the path or a folder above it."""
    ends = (n for n, byte in enumerate(path) if byte == _SLASH)
    return bool(excused) and (path in excused or any(path[:n] in excused for n in ends))


@cache
def _words(declared: CreatedPaths) -> _Words:
    said = rf"{_DONE}\b(?:{_any(declared.said_by)})\b"
    before = rf"{said}[:*_]*(?:[ \t]*\|)?[ \t]*(?:(?:an?|the|new)[ \t]+)*{_PATH}"
    follows = r"(?=[*_ \t]*(?:[|.,;:(\r\n-]|–|—|\Z))"
    after = rf"{_PATH}[*_]*[ \t]*(?:\||:|--?|–|—)[ \t]*[*_]*{said}{follows}"
    note = rf"^[ \t>*_]*(?:{_any(declared.excused_by)})\b"
    return _Words(
        re.compile(before.encode(), re.IGNORECASE),
        re.compile(after.encode(), re.IGNORECASE),
        re.compile(rf"{said}\W*$", re.IGNORECASE),
        re.compile(note.encode(), re.IGNORECASE | re.MULTILINE) if declared.excused_by else None,
    )


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in words)
