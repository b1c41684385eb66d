"""What looks like a new record among those that are there, so that a repeat is seen as one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from govkb.knowledge_base import KnowledgeBase, real_records
from govkb.queries.text_index import TextIndex
from govkb.reading import Record
from govkb.record_types import RecordType
from govkb.workspace.searching import index_of
from govkb.workspace.workspace import Workspace

_MOST = 3
# So much of what a text says, rare words counting for more, must be said elsewhere, and in so many
# words: tried on the titles of the reference records, of which the few that are alike are found.
_ENOUGH = 0.6
_FEWEST_WORDS = 2
_MOST_WORDS = 24
_WORD = re.compile(r"[^\W\d_]{3,}")
# What says nothing about a thing. English, as the index is.
_SILENT = frozenset(
    [
        "a",
        "about",
        "after",
        "again",
        "all",
        "also",
        "and",
        "any",
        "are",
        "because",
        "been",
        "before",
        "but",
        "can",
        "could",
        "did",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "into",
        "its",
        "more",
        "most",
        "not",
        "now",
        "off",
        "once",
        "one",
        "only",
        "other",
        "our",
        "out",
        "over",
        "own",
        "per",
        "so",
        "some",
        "still",
        "such",
        "than",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "too",
        "under",
        "until",
        "upon",
        "very",
        "was",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "without",
        "would",
        "yet",
        "you",
    ]
)


class Alike(Struct, frozen=True):
    """A record that says much of the same, and the section in which a repeat is recorded."""

    record: Record
    section: str | None


def alike_to(
    workspace: Workspace, base: KnowledgeBase, record_type: RecordType, texts: Iterable[str]
) -> list[Alike]:
    """The records that are most like one with these texts, of the types that its type names.

    Mostly there is none.
    """
    said = [words for text in texts if len(words := _words(text)) >= _FEWEST_WORDS]
    candidates = {
        record.path: record
        for record in base.records
        if record.type is not None and record.type.name in record_type.alike
    }
    if not said or not candidates:
        return []
    records = {record.path: record for record in real_records(base.results)}
    index = index_of(workspace, records)
    scores: dict[str, float] = {}
    for words in said:
        for path, score in _scores(index, words, len(records)).items():
            scores[path] = max(score, scores.get(path, 0))
    index.close()
    likely = [path for path, score in scores.items() if score >= _ENOUGH and path in candidates]
    likely.sort(key=lambda path: (-scores[path], path))
    return [Alike(candidates[path], _grows_in(candidates[path])) for path in likely[:_MOST]]


def _words(text: str) -> Sequence[str]:
    found = dict.fromkeys(word.casefold() for word in _WORD.findall(text))
    return [word for word in found if word not in _SILENT][:_MOST_WORDS]


def _scores(index: TextIndex, words: Sequence[str], number: int) -> Mapping[str, float]:
    """How much of some words each record has that has enough of them, from 0 to 1."""
    shared: dict[str, list[float]] = {}
    total = 0.0
    for word in words:
        having = index.with_word(word)
        weight = math.log((number + 1) / (len(having) + 0.5))
        total += weight
        for path in having:
            shared.setdefault(path, []).append(weight)
    return {
        path: sum(weights) / total
        for path, weights in shared.items()
        if len(weights) >= _FEWEST_WORDS and total
    }


def _grows_in(record: Record) -> str | None:
    """The section that takes one more entry: that of the learnings where there are several."""
    sections = record.type.sections.values() if record.type is not None else ()
    growing = [section for section in sections if section.append_only and section.updates is None]
    learnings = [section for section in growing if section.holds == "learnings"]
    found = learnings or growing
    return found[0].name if len(found) == 1 else None
