"""Where a record's text names something: ids, paths, links, tickets, lines of files, commits, rows.

What one file mentions depends on nothing but the file and the types, so it is found once and kept.
Whether a mention means anything is for the resolver to say, which knows the other records.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from govkb.graph.created_paths import created_paths
from govkb.graph.mention_patterns import NAME_CHARACTERS, MentionPatterns
from govkb.graph.prose import Extent, Layout, ParsedLayout, PlainLayout, QuickLayout, Unsure
from govkb.reading import Body, Record
from govkb.record_types.body_sources import CreatedPaths

_LONGEST = 200
_WORD = re.compile(rb"[A-Za-z0-9][A-Za-z0-9_./-]*[A-Za-z0-9]")
_KEPT_WORD = re.compile(rb"[^/]*[A-Za-z]-[0-9A-Z][^/]*|.*\.md", re.DOTALL)
# A file name has a dot in it, or is one like Makefile; localhost:3000 is no place in a file.
POINTER = re.compile(
    rb"(?:\.{1,2}/|/)?(?:[A-Za-z0-9_.@-]+/)*"
    rb"(?:[A-Za-z0-9_.@-]*[A-Za-z0-9_-]?\.[A-Za-z][A-Za-z0-9]*|[A-Z][a-z]*file)"
    rb":[0-9]{1,7}(?:-[0-9]{1,7})?(?::[0-9]+)?(?![A-Za-z0-9_:/-])"
)
# Not the number of a character, as in &#8364;
_TICKETS = (re.compile(rb"#(?<!&#)(?=[0-9])"), re.compile(rb"!(?=[0-9])"))
_TICKET = re.compile(
    rb"@?(?:[A-Za-z0-9_.-]+/)*[A-Za-z0-9_.-]*[#!][0-9]{1,9}(?: ?/ ?[#!][0-9]{1,9})*(?![A-Za-z0-9_])"
)
# `AC #1`, `items #2`, `Issue #1 - …`: the first, the second, not a ticket.
_ORDINAL = re.compile(
    rb"(?:\b(?:acs?|attempts?|criteri(?:on|a)|gates?|items?|no|numbers?|options?|parts?|phases?|points?"
    rb"|rounds?|rows?|rules?|runs?|sections?|stages?|steps?|tasks?|tests?|tiers?)\.?) ?$",
    re.IGNORECASE,
)
_TITLED = re.compile(rb"\b(?:bug|finding|issue|problem|question) $", re.IGNORECASE)
_TITLE = re.compile(rb"[#!][0-9]+ ?(?:-|:|\xe2\x80[\x93\x94])")
_MAIL = re.compile(r"[^/@\s]+@[^/@\s]+\.[A-Za-z]+")
_COMMIT = re.compile(rb"ommits? `?(?P<name>(?=[0-9a-f]{0,39}[0-9])[0-9a-f]{7,40})(?![0-9A-Za-z_-])")


class MentionKind(StrEnum):
    """What a mention looks like.

    A NAME has the form of some type's id or path; a WORD is only one where a record declares it,
    and CODE is a name between backticks, which counts for suggestions alone. CREATED is a path that
    the text says was created.
    """

    NAME = "name"
    WORD = "word"
    CODE = "code"
    LINK = "link"
    TICKET = "ticket"
    POINTER = "pointer"
    COMMIT = "commit"
    ROWS = "rows"
    CREATED = "created"


class Mention(NamedTuple):
    """A place in a record's text. Offsets are in bytes of the file; `kind` is a MentionKind."""

    kind: str
    text: str
    start: int
    end: int


def mentions_of(record: Record, patterns: MentionPatterns) -> tuple[Mention, ...]:
    """Everything that a record's text may mention, in the order of the text."""
    found = mentions_in(record.source.data, record.body_start, patterns, lambda: record.body)
    declared = record.type.created_paths if record.type else None
    if declared is None:
        return found
    both = (*found, *_created(record, declared))
    return tuple(sorted(both, key=lambda mention: (mention.start, mention.end)))


def _created(record: Record, declared: CreatedPaths) -> list[Mention]:
    """The paths that the text says were created."""
    data, outline = record.source.data, record.outline
    try:
        layout: Layout = QuickLayout(data, record.body_start)
        spans = list(created_paths(data, outline, layout, declared))
    except Unsure:
        layout = ParsedLayout(data, record.body)
        spans = list(created_paths(data, outline, layout, declared))
    return [Mention(MentionKind.CREATED, data[a:b].decode(), a, b) for a, b in spans]


def mentions_in(
    data: bytes, start: int, patterns: MentionPatterns, parse: Callable[[], Body]
) -> tuple[Mention, ...]:
    """The mentions of the body that begins at byte `start`; `parse` is only called where needed."""
    search = _Search(data, start, patterns)
    if not search.has_anything:
        return ()
    try:
        return search.run(QuickLayout(data, start))
    except Unsure:
        return search.run(ParsedLayout(data, parse()))


def mentions_in_text(data: bytes, patterns: MentionPatterns) -> tuple[Mention, ...]:
    """The mentions in a text that is prose from its first to its last byte."""
    if not _may_mention(data, patterns):
        return ()
    search = _Search(data, 0, patterns)
    return search.run(PlainLayout(len(data))) if search.has_anything else ()


def _may_mention(data: bytes, patterns: MentionPatterns) -> bool:
    """Whether prose can mention anything: most short pieces don't, which is sooner seen than read.

    Links are no prose, so that brackets don't count.
    """
    if b"#" in data or b"!" in data or b"ommit" in data:
        return True
    return any(pattern.search(data) for pattern in (*patterns.triggers, *patterns.rows))


class _Search:
    """One search through one body."""

    def __init__(self, data: bytes, start: int, patterns: MentionPatterns) -> None:
        self.data = data
        self.patterns = patterns
        self.names = [m.start() for t in patterns.triggers for m in t.finditer(data, start)]
        self.tickets = [m.start() for t in _TICKETS for m in t.finditer(data, start)]
        self.rows = [m for p in patterns.rows for m in p.finditer(data, start)]
        self.commits = (
            list(_COMMIT.finditer(data, start)) if data.find(b"ommit", start) >= 0 else []
        )
        has_brackets = data.find(b"]", start) >= 0
        self.has_links = has_brackets and (
            data.find(b"](", start) >= 0 or data.find(b"]:", start) >= 0
        )

    @property
    def has_anything(self) -> bool:
        """Whether a closer look can find anything."""
        return bool(self.names or self.tickets or self.rows or self.commits or self.has_links)

    def run(self, layout: Layout) -> tuple[Mention, ...]:
        """The mentions, by a layout; what one kind has taken, the next leaves alone."""
        found: list[Mention] = []
        found += self._whole(MentionKind.ROWS, self.rows, layout)
        found += self._commits(layout)
        found += self._names(layout)
        taken = {mention.start for mention in found}
        found += [t for t in self._tickets(layout) if t.start not in taken]
        if self.has_links:
            links = (link for link in layout.links if is_relative(link.target))
            found += [Mention(MentionKind.LINK, k.target, k.start, k.end) for k in links]
        found.sort(key=lambda mention: (mention.start, mention.end))
        return tuple(found)

    def _names(self, layout: Layout) -> Iterator[Mention]:
        done: set[int] = set()
        end = -1
        for at in sorted(self.names):
            if at < end:
                continue
            extent = layout.around(at)
            if extent is None:
                continue
            start = extent.start if extent.is_code else self._start_of_token(at, extent)
            if start is None or start in done:
                continue
            done.add(start)
            for mention in self._at(start, extent):
                end = mention.end
                yield mention

    def _start_of_token(self, at: int, extent: Extent) -> int | None:
        """Where the characters of a name begin, before a place in it; None where it is too long."""
        window = self.data[max(extent.start, at - _LONGEST) : at]
        length = len(window) - len(window.rstrip(NAME_CHARACTERS))
        return at - length if length < _LONGEST else None

    def _at(self, start: int, extent: Extent) -> Iterator[Mention]:
        if extent.is_code:
            yield from self._code(extent)
            return
        pointer = POINTER.match(self.data, start, extent.end)
        if pointer:
            yield self._mention(MentionKind.POINTER, *pointer.span())
            return
        name = self.patterns.name.match(self.data, start, extent.end)
        if name is None:
            yield from self._word(start, extent)
        while name:
            yield self._mention(MentionKind.NAME, *name.span())
            # INC-20260418-B/INC-20260418-C names two.
            after = name.end() + 1
            is_joined = self.data[name.end() : after] == b"/"
            name = self.patterns.name.match(self.data, after, extent.end) if is_joined else None

    def _word(self, start: int, extent: Extent) -> Iterator[Mention]:
        word = _WORD.match(self.data, start, extent.end)
        if word and _KEPT_WORD.fullmatch(word[0]):
            yield self._mention(MentionKind.WORD, *word.span())

    def _code(self, extent: Extent) -> Iterator[Mention]:
        """The name or pointer that inline code holds, where it holds nothing else."""
        start, end, _ = extent
        if POINTER.fullmatch(self.data, start, end):
            yield self._mention(MentionKind.POINTER, start, end)
        elif self._is_name(start, end):
            yield self._mention(MentionKind.CODE, start, end)

    def _is_name(self, start: int, end: int) -> bool:
        if self.patterns.name.fullmatch(self.data, start, end):
            return True
        is_word = _WORD.fullmatch(self.data, start, end)
        return bool(is_word and _KEPT_WORD.fullmatch(self.data, start, end))

    def _tickets(self, layout: Layout) -> Iterator[Mention]:
        end = -1
        for at in sorted(self.tickets):
            extent = layout.around(at) if at >= end else None
            if extent is None or extent.is_code:
                continue
            window = self.data[max(extent.start, at - _LONGEST) : at]
            start = at - len(window) + len(window.rstrip(NAME_CHARACTERS + b"@"))
            ticket = _TICKET.match(self.data, start, extent.end)
            if ticket and not (start == at and self._is_ordinal(at, extent)):
                end = ticket.end()
                yield self._mention(MentionKind.TICKET, start, end)

    def _is_ordinal(self, at: int, extent: Extent) -> bool:
        before = self.data[max(extent.start, at - 20) : at]
        if _ORDINAL.search(before):
            return True
        return bool(_TITLED.search(before) and _TITLE.match(self.data, at, extent.end))

    def _commits(self, layout: Layout) -> Iterator[Mention]:
        for match in self.commits:
            extent = layout.around(match.start())
            if extent is not None and not extent.is_code:
                yield self._mention(MentionKind.COMMIT, *match.span("name"))

    def _whole(
        self, kind: MentionKind, matches: list[re.Match[bytes]], layout: Layout
    ) -> Iterator[Mention]:
        for match in matches:
            extent = layout.around(match.start())
            if extent is not None and not extent.is_code and match.end() <= extent.end:
                yield self._mention(kind, *match.span())

    def _mention(self, kind: MentionKind, start: int, end: int) -> Mention:
        return Mention(kind, self.data[start:end].decode(), start, end)


def is_relative(target: str) -> bool:
    """Whether a link's address is a path below the repository, or an anchor; not an address."""
    head = target.partition("#")[0].partition("?")[0]
    is_address = target.startswith("//") or ":" in head.partition("/")[0] or _MAIL.fullmatch(head)
    return bool(target) and not is_address
