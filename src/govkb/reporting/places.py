"""Where diagnostics point to, in the terms of the formats."""

from __future__ import annotations

from govkb.diagnostics import Edit
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import ReadResult
from govkb.source import SourceText, Span


class Sources:
    """The texts of the files, by path. Each is read when it is asked for: most are never shown."""

    def __init__(self, base: KnowledgeBase) -> None:
        """Those of a knowledge base."""
        self._results: dict[str, ReadResult] = {result.path: result for result in base.files}

    def at(self, path: str) -> SourceText | None:
        """The text of a file; None where it is none of the knowledge base's."""
        result = self._results.get(path)
        return result.source if result is not None else None

    def replaced(self, path: str, edit: Edit) -> Span | None:
        """What an edit replaces; None where the file is none of the knowledge base's."""
        source = self.at(path)
        return source.span(edit.start, edit.end) if source is not None else None


def last_line(span: Span) -> int:
    """The last line that a span has a part of: one that ends where a line begins has none of it."""
    ends_at_line_start = span.end.column == 1 and span.end.line > span.start.line
    return span.end.line - 1 if ends_at_line_start else span.end.line
