"""What pages tell of records that no single record says, found once for all pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from govkb.graph.layout import Point
from govkb.history import Answer, Learning, RecordHistory, answers_among, learnings_among
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.days import day_filed
from govkb.queries.deadlines import Deadline, deadlines_of
from govkb.reading import Record
from govkb.site.marks import Mark, severity_mark, status_mark
from govkb.site.mention_words import MentionWords
from govkb.site.record_fields import text_of
from govkb.site.source_links import SourceLinks


@dataclass(frozen=True, slots=True)
class Face:
    """What other pages show of a record, wherever they are."""

    type_label: str
    date: str | None
    owner: str | None
    status: Mark | None
    severity: Mark | None


@dataclass(frozen=True)
class Background:
    """One knowledge base behind its pages.

    `histories` are by the path of the record, `places` those of a picture of the graph by id; where
    nobody has found them yet, they are found when they are asked for.
    """

    base: KnowledgeBase
    histories: Mapping[str, RecordHistory] = field(default_factory=dict)
    sources: SourceLinks = field(default_factory=SourceLinks)
    places: Mapping[str, Point] | None = None
    _faces: dict[str, Face] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def words(self) -> MentionWords:
        """Finds the words around each mention."""
        return MentionWords(self.base.graph)

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """What entries say of others."""
        return tuple(answers_among(_released(self.base.records_by_id.values())))

    @cached_property
    def learnings(self) -> tuple[Learning, ...]:
        """Every learning, the newest first."""
        return tuple(learnings_among(self.base.records_by_id.values()))

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """Every day that still counts, the earliest first."""
        return deadlines_of(self.base)

    def face(self, record: Record) -> Face:
        """What other pages show of a record of the base."""
        found = self._faces.get(record.id)
        if found is None:
            found = self._faces[record.id] = _face(record, self.base)
        return found


def _released(records: Iterable[Record]) -> Iterator[Record]:
    """The records one after another, each let go of when the next is asked for."""
    for record in records:
        yield record
        record.text.release()


def _face(record: Record, base: KnowledgeBase) -> Face:
    return Face(
        type_label=record.type.label if record.type else "Record",
        date=day_filed(record),
        owner=text_of(record, "owner"),
        status=status_mark(record),
        severity=severity_mark(record, base),
    )
