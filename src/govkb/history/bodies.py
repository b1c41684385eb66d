"""Whether a body still says what it said."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govkb.reading import Record

_MARKER = re.compile(r"^[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+", re.MULTILINE)
# What is said to govkb alone is nothing that a reader could read.
_DIRECTIVE = re.compile(r"<!--\s*govkb:.*?-->", re.DOTALL)


class TextChange(NamedTuple):
    """The first stretch of a body that isn't what it was; offsets are in bytes of the file now.

    `old` is empty where something was put in, `new` where something was taken out.
    """

    old: str
    new: str
    start: int
    end: int


class _Paragraph(NamedTuple):
    text: str
    words: list[str]
    start: int
    end: int


def first_change(before: Record, after: Record, sections: Iterable[str]) -> TextChange | None:
    """The first change outside some sections, these left out of both; None where there is none.

    How the words are broken into lines and lists doesn't matter.
    """
    if _body(before) == _body(after):
        return None
    of = before.type
    names = {text for name in sections for text in (of.headings_of(name) if of else (name,))}
    old, new = list(_paragraphs(before, names)), list(_paragraphs(after, names))
    if _words(old) == _words(new):
        return None
    texts = [" ".join(p.words) for p in old], [" ".join(p.words) for p in new]
    for tag, a, b, c, d in difflib.SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if tag != "equal":
            return _change(old[a:b], new[c:d], after, new[c : c + 1] or new[c - 1 : c])
    return None


def _change(
    old: list[_Paragraph], new: list[_Paragraph], after: Record, near: list[_Paragraph]
) -> TextChange:
    shown = new or near
    start = shown[0].start if shown else after.outline.start
    end = shown[-1].end if shown else after.outline.end
    return TextChange(_joined(old), _joined(new), start, end)


def _body(record: Record) -> bytes:
    return record.source.data[record.outline.start :]


def _paragraphs(record: Record, left_out: set[str]) -> Iterator[_Paragraph]:
    """The stretches of the body between blank lines."""
    sections = [s for s in record.body.sections if s.name.casefold() in left_out]
    at = record.outline.start
    for section in sections:
        yield from _between(record, at, section.heading.start)
        at = section.end
    yield from _between(record, at, len(record.source.data))


def _between(record: Record, start: int, stop: int) -> Iterator[_Paragraph]:
    lines: list[bytes] = []
    at = start
    for line in [*record.source.data[start:stop].splitlines(keepends=True), b""]:
        if line.strip():
            lines.append(line)
        elif lines:
            length = sum(len(each) for each in lines)
            text = b"".join(lines).decode().rstrip()
            words = _seen(text).split()
            if words:
                yield _Paragraph(text, words, at - length, at - length + len(text.encode()))
            lines = []
        at += len(line)


def _seen(text: str) -> str:
    """What a reader sees of a text: no list markers, no directives, in one Unicode form."""
    return _MARKER.sub("", unicodedata.normalize("NFC", _DIRECTIVE.sub("", text)))


def _words(paragraphs: list[_Paragraph]) -> list[str]:
    return [word for paragraph in paragraphs for word in paragraph.words]


def _joined(paragraphs: list[_Paragraph]) -> str:
    return "\n\n".join(paragraph.text for paragraph in paragraphs)
