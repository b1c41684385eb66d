"""What pages tell of records that no single record says, found once for all pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from msgspec import Struct

from govkb.graph.layout import Point, layout
from govkb.history import Answer, Learning, RecordHistory, told_once
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.days import day_filed
from govkb.queries.deadlines import Deadline, deadlines_of
from govkb.reading import Record
from govkb.reading.file_text import FileText
from govkb.reading.noting import note
from govkb.site.excerpts import Excerpt, excerpt_of
from govkb.site.marks import Mark, severity_mark, status_mark
from govkb.site.mention_words import MentionWords
from govkb.site.record_fields import text_of, type_label
from govkb.site.source_links import SourceLinks

# What is noted that stands in many texts. A path has an extension.
ANSWERS, LEARNINGS, OPEN_TASKS = "answers", "learnings", "open tasks"


class Face(Struct, frozen=True):
    """What other pages show of a record, wherever they are."""

    type_label: str
    date: str | None
    owner: str | None
    status: Mark | None
    severity: Mark | None


@dataclass(frozen=True)
class Background:
    """One knowledge base behind its pages.

    `histories` are by the path of the record, `known` are the excerpts by path. Where nobody has
    found these yet, they are found when they are asked for; so are the places in a picture of the
    graph, by `find_places` where somebody may know them.
    """

    base: KnowledgeBase
    histories: Mapping[str, RecordHistory] = field(default_factory=dict)
    sources: SourceLinks = field(default_factory=SourceLinks)
    find_places: Callable[[], Mapping[str, Point]] | None = None
    known: Mapping[str, Excerpt] | None = None
    _faces: dict[str, Face] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def words(self) -> MentionWords:
        """Finds the words around each mention."""
        return MentionWords(self.base.graph)

    @cached_property
    def excerpts(self) -> Mapping[str, Excerpt]:
        """What each record contributes to pages about many, by path."""
        if self.known is not None:
            return self.known
        return {record.path: excerpt_of(record) for record in self.base.records}

    @cached_property
    def places(self) -> Mapping[str, Point]:
        """Where each record stands in a picture of the graph, by id."""
        if self.find_places is not None:
            return self.find_places()
        return layout(self.base.graph, self.base.records_by_id)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What entries say of others."""
        note(ANSWERS)
        return self._answers

    @property
    def learnings(self) -> tuple[Learning, ...]:
        """Every learning, the newest first."""
        note(LEARNINGS)
        return self._learnings

    @property
    def with_open_tasks(self) -> list[Record]:
        """The records with a task that isn't done, by id."""
        note(OPEN_TASKS)
        found = (record for record, excerpt in self._shown if excerpt.has_open_tasks)
        return sorted(found, key=lambda record: record.id)

    def digest_of(self, name: str) -> bytes:
        """What stands for something that was noted; a text is noted under its path."""
        if name == ANSWERS:
            said: list[object] = [(a.record.id, a.verb, a.digits) for a in self._answers]
            said += [(a.entry.digest, a.entry.text) for a in self._answers]
        elif name == LEARNINGS:
            said = [(found.record.id, found.day, found.markdown) for found in self._learnings]
        elif name == OPEN_TASKS:
            said = [record.id for record in self.with_open_tasks]
        else:
            found = self._texts.get(name)
            return found.digest if found is not None else b""
        return hashlib.sha256(repr(said).encode()).digest()

    def release_texts(self) -> None:
        """Lets go of all texts, so that each that is asked for again is noted."""
        for text in self._texts.values():
            text.release()

    @cached_property
    def _texts(self) -> Mapping[str, FileText]:
        return {file.path: file.text for file in self.base.files}

    @cached_property
    def _answers(self) -> tuple[Answer, ...]:
        return tuple(answer for _, excerpt in self._shown for answer in excerpt.answers)

    @cached_property
    def _learnings(self) -> tuple[Learning, ...]:
        return tuple(told_once(found for _, e in self._shown for found in e.learnings))

    @property
    def _shown(self) -> Iterator[tuple[Record, Excerpt]]:
        """The records that pages speak of, each with its excerpt."""
        records = self.base.records_by_id.values()
        return ((record, self.excerpts[record.path]) for record in records)

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


def _face(record: Record, base: KnowledgeBase) -> Face:
    return Face(
        type_label=type_label(record),
        date=day_filed(record),
        owner=text_of(record, "owner"),
        status=status_mark(record),
        severity=severity_mark(record, base),
    )
