"""Names of records in a piece of prose that is no file: what the site makes links of."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from govkb.graph.mention_patterns import MentionPatterns
from govkb.graph.mentions import MentionKind, mentions_in_text


class FoundName(NamedTuple):
    """A name in a text, between two offsets in characters. It can be used like a match."""

    text: str
    first: int
    last: int

    def start(self) -> int:
        """Where it begins."""
        return self.first

    def end(self) -> int:
        """Where it ends."""
        return self.last


class NameFinder:
    """Finds what may name a record: names of some type's form, paths, and declared aliases."""

    def __init__(self, patterns: MentionPatterns, aliases: Container[str]) -> None:
        self._patterns = patterns
        self._aliases = aliases

    def find(self, text: str) -> Iterator[FoundName]:
        """The names in a text, in its order."""
        data = text.encode()
        is_ascii = len(data) == len(text)
        for kind, name, start, end in mentions_in_text(data, self._patterns):
            if not self._may_name_record(kind, name):
                continue
            if not is_ascii:
                start, end = len(data[:start].decode()), len(data[:end].decode())
            yield FoundName(name, start, end)

    def _may_name_record(self, kind: str, name: str) -> bool:
        if kind in (MentionKind.NAME, MentionKind.POINTER) or name in self._aliases:
            return True
        return kind == MentionKind.WORD and name.endswith(".md")
