"""What a record's page tells of it that neither the record nor its relations say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from govkb.history import RecordHistory
from govkb.knowledge_base import KnowledgeBase
from govkb.site.mention_words import MentionWords
from govkb.site.source_links import SourceLinks


@dataclass(frozen=True, slots=True)
class Background:
    """`histories` are by the path of the record; `words` finds those around each mention."""

    histories: Mapping[str, RecordHistory] = field(default_factory=dict)
    sources: SourceLinks = field(default_factory=SourceLinks)
    words: MentionWords | None = None


def background_of(
    base: KnowledgeBase,
    histories: Mapping[str, RecordHistory] | None = None,
    sources: SourceLinks | None = None,
) -> Background:
    """The background of all pages of a knowledge base."""
    return Background(histories or {}, sources or SourceLinks(), MentionWords(base.graph))
