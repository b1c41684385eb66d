"""The texts of the files that diagnostics are about."""

from __future__ import annotations

from govkb.diagnostics import Edit
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import ReadResult
from govkb.source import SourceText, Span


class Sources:
    """Texts by path. Each is read when it is asked for: of most files nothing is said."""

    def __init__(self, base: KnowledgeBase) -> None:
        """Those of a knowledge base."""
        self._results: dict[str, ReadResult] = {result.path: result for result in base.results}

    def at(self, path: str) -> SourceText | None:
        """The text of a file; None where it is none of the knowledge base's."""
        result = self._results.get(path)
        return result.source if result is not None else None

    def span(self, path: str, edit: Edit) -> Span | None:
        """Where in a file an edit takes text away."""
        source = self.at(path)
        return source.span(edit.start, edit.end) if source is not None else None
