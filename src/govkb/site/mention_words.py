"""The words around a mention, so that a reader sees why one record names another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from govkb.graph import RecordGraph
from govkb.graph.citing import ResolvedCitation
from govkb.graph.mentions import MentionKind

_BEFORE, _AFTER = 70, 90
# A mention is seen within its own lines: up to a blank one, another item, row or heading.
_EDGE = re.compile(r"\n[ \t]*(?:\n|[-*+>#|]|[0-9]{1,9}[.)][ \t])")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)|<(https?://[^\s<>]*)>")
_MARKUP = re.compile(r"[*`|]+|^[ \t]*(?:#{1,6}|>|[-+]|[0-9]{1,9}[.)])[ \t]+|\[[ xX]\][ \t]")


class MentionWords:
    """Finds the words around the first mention of one record in another.

    A record that mentions any is read once, when its words are first asked for, and is not held.
    """

    def __init__(self, graph: RecordGraph) -> None:
        self._graph = graph
        self._found: dict[str, dict[str, str]] = {}

    def of(self, source: str, target: str) -> str:
        """The words by which the record `source` mentions another; empty where it doesn't."""
        if source not in self._found:
            citations = self._citations.get(source, ())
            self._found[source] = self._read(citations)
            for resolved in citations[:1]:
                resolved.citation.record.text.release()
        return self._found[source].get(target, "")

    @cached_property
    def _citations(self) -> dict[str, list[ResolvedCitation]]:
        """The citations that may be mentions of records, by the id of the record that cites."""
        wanted = {relation.source for relation in self._graph.relations if relation.kind is None}
        found: dict[str, list[ResolvedCitation]] = {source: [] for source in wanted}
        for resolved in self._graph.citations:
            citation = resolved.citation
            if citation.relation is None and resolved.resolution.record is not None:
                is_shown = citation.kind != MentionKind.CODE and citation.end > citation.start
                if is_shown and citation.record.id in found:
                    found[citation.record.id].append(resolved)
        return found

    @staticmethod
    def _read(citations: Iterable[ResolvedCitation]) -> dict[str, str]:
        found: dict[str, str] = {}
        for citation, resolution, *_ in citations:
            record, target = citation.record, resolution.record
            if target is not None and target.id not in found:
                data = record.source.data
                words = _around(data, record.body_start, citation.start, citation.end)
                found[target.id] = words
        return found


def _around(data: bytes, body_start: int, start: int, end: int) -> str:
    """The words before and after a place, without Markdown's signs; whole words, in one line."""
    # An id is ASCII, and a character is four bytes at most.
    before = data[max(body_start, start - 4 * _BEFORE) : start].decode("utf-8", "ignore")
    after = data[end : end + 4 * _AFTER].decode("utf-8", "ignore")
    edges = list(_EDGE.finditer(before))
    before = before[edges[-1].end() - 1 :] if edges else before
    edge = _EDGE.search(after)
    after = after[: edge.start()] if edge else after
    name = data[start:end].decode("utf-8", "replace")
    left, right = _shortened(_plain(before)[::-1], _BEFORE)[::-1], _shortened(_plain(after), _AFTER)
    return f"{left}{_plain(name)}{right}".strip()


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", _MARKUP.sub("", _LINK.sub(r"\1\2", text)))


def _shortened(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return f"{text[:longest].rpartition(' ')[0] or text[:longest]} …"
