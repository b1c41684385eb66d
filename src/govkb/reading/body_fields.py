"""Fields whose values stand in the body, for types that need no frontmatter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from govkb.reading.outline import Outline
from govkb.record_types import RecordType
from govkb.record_types.body_sources import BodySource

_LIST_MARK = rb"[-*+][ \t]+"
_LINK = re.compile(rb"\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
_WORD = re.compile(rb"[\s:]*(?P<word>[^\s,;.]+(?:\.[^\s,;.]+)*)")
_MARKUP = re.compile("[*_`]")
_DASH = re.compile(rb"[ \t]+(?:--?|\xe2\x80\x93)[ \t]+|[ \t]*\xe2\x80\x94[ \t]*")


class Part(NamedTuple):
    """One of the parts that a value is split into, and its key."""

    key: str
    value: str
    start: int
    end: int


class Found(NamedTuple):
    """A value with where it stands, in bytes of the file; 0 and 0 where that isn't in the body."""

    value: str
    start: int
    end: int
    parts: tuple[Part, ...] = ()

    @property
    def content(self) -> Any:
        """What the field holds: the text, or its parts by their keys."""
        return {part.key: part.value for part in self.parts} or self.value

    def extent_of(self, key: Any) -> tuple[int, int]:
        """Where the part of a key stands, else the whole value."""
        found = (part for part in self.parts if part.key == key)
        return next(((part.start, part.end) for part in found), (self.start, self.end))


def with_body_fields(
    metadata: Mapping[str, Any], data: bytes, outline: Outline, record_type: RecordType
) -> dict[str, Any]:
    """The metadata, and beside it every declared field that only the body gives."""
    found = dict(metadata)
    for field, sources in record_type.from_body.items():
        if found.get(field) in (None, "", []):
            values = [value.content for value in found_in_body(found, data, outline, sources)]
            if values:
                found[field] = values if any(source.after for source in sources) else values[0]
    return found


def found_in_body(
    metadata: Mapping[str, Any], data: bytes, outline: Outline, sources: tuple[BodySource, ...]
) -> list[Found]:
    """What stands at the first of these places where something does, each value once."""
    for source in sources:
        values = {found.value: found for found in reversed([*_at(metadata, data, outline, source)])}
        if values:
            return [*reversed(values.values())]
    return []


def _at(
    metadata: Mapping[str, Any], data: bytes, outline: Outline, source: BodySource
) -> Iterator[Found]:
    if source.field is not None:
        written = metadata.get(source.field)
        text = written.encode() if isinstance(written, str) else b""
        for found in _values(text, 0, len(text), source):
            yield found._replace(start=0, end=0)
    else:
        start, end = _stretch(data, outline, source)
        yield from _values(data, start, end, source)


def _stretch(data: bytes, outline: Outline, source: BodySource) -> tuple[int, int]:
    """From where to where the value can stand: a section, or the rest of a line."""
    if source.section is not None:
        section = outline.section(source.section)
        return (section.heading.end, section.end) if section else (0, 0)
    return _line_value(data, outline, source.line or "")


def _line_value(data: bytes, outline: Outline, name: str) -> tuple[int, int]:
    """What follows `Name:` at the start of a line, also bold and also as an item.

    Further down than the first section such a line says something else.
    """
    label = re.escape(name).encode()
    strong = rb"(?:\*\*|__)?"
    pattern = rb"^(?:%b)?%b%b%b[ \t]*:%b[ \t]*(?P<v>.*)$" % (
        _LIST_MARK,
        strong,
        label,
        strong,
        strong,
    )
    last = next((section.end for section in outline.sections()), outline.end)
    found = re.compile(pattern, re.MULTILINE | re.IGNORECASE).search(data, outline.start, last)
    return found.span("v") if found else (0, 0)


def _values(data: bytes, start: int, end: int, source: BodySource) -> Iterator[Found]:
    if source.after:
        yield from _named_after(data, start, end, source.after)
        return
    for line in re.compile(rb"[^\s][^\n]*").finditer(data, start, end):
        value = _MARKUP.sub("", line[0].decode()).strip()
        if value:
            stop = line.start() + len(line[0].rstrip())
            parts = tuple(_parts(data, line.start(), stop, source.split))
            yield Found(value, line.start(), stop, parts)
        return


def _parts(data: bytes, start: int, end: int, keys: tuple[str, ...]) -> Iterator[Part]:
    """What stands between the dashes of a line, for as many keys as there are."""
    for number, key in enumerate(keys):
        is_last = number == len(keys) - 1
        dash = None if is_last else _DASH.search(data, start, end)
        stop = dash.start() if dash else end
        value = _MARKUP.sub("", data[start:stop].decode()).strip()
        if value:
            yield Part(key, value, start, stop)
        start = dash.end() if dash else end


def _named_after(data: bytes, start: int, end: int, phrases: tuple[str, ...]) -> Iterator[Found]:
    """The links, or failing these the words, that follow one of the phrases in its line."""
    for phrase in phrases:
        pattern = rb"(?<![\w-])%b(?![\w-])" % re.escape(phrase).encode()
        for match in re.compile(pattern, re.IGNORECASE).finditer(data, start, end):
            stop = data.find(b"\n", match.end(), end)
            rest = match.end(), stop if stop >= 0 else end
            link = _LINK.search(data, *rest)
            word = _WORD.match(data, *rest)
            if link:
                yield Found(link["target"].decode(), link.start(), link.end())
            elif word:
                yield Found(word["word"].decode(), *word.span("word"))
