"""Searching all records for words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct

from govkb.errors import UsageError
from govkb.knowledge_base import real_records
from govkb.queries.conditions import Filter
from govkb.queries.excerpts import excerpt
from govkb.queries.text_index import TextIndex, Texts
from govkb.reading import Record
from govkb.rules.sections import section_of
from govkb.workspace.workspace import Workspace

_EXCERPT = 160
_NOTHING = Filter()


class Hit(Struct, frozen=True):
    """A record in which words were found, and the piece of it that shows them, if it is long."""

    record: Record
    excerpt: str


class Hits(Struct, frozen=True):
    """The likeliest records first, and how many there are in all.

    Where not `has_all_words`, no record has all of them, and these have some.
    """

    shown: tuple[Hit, ...]
    total: int
    has_all_words: bool


def search(
    workspace: Workspace, words: Sequence[str], asked: Filter = _NOTHING, limit: int | None = None
) -> Hits:
    """The records with these words in their ids, titles, aliases, summaries, learnings or texts.

    Raises UsageError where there is nothing to look for, and as `Filter.of` does.
    """
    if not any(letter.isalnum() for word in words for letter in word):
        raise UsageError("there is no word to look for", 'for example: govkb search "backup job"')
    loaded = workspace.read()
    records = {record.path: record for record in real_records(loaded.results)}
    wanted = {record.path for record in asked.of(records.values(), workspace.catalogue)}
    index = index_of(workspace, records)
    found = [hit.path for hit in index.find(words) if hit.path in wanted]
    has_all = bool(found)
    if not found and len(words) > 1:
        found = [hit.path for hit in index.find(words, any_of=True) if hit.path in wanted]
    index.close()
    shown = tuple(_hit(records[path], words) for path in found[:limit])
    return Hits(shown, len(found), has_all or not found)


def index_of(workspace: Workspace, records: Mapping[str, Record]) -> TextIndex:
    """The words of these records, by path. Whoever asks for the index closes it."""
    file, fingerprint = workspace.text_index()
    index = TextIndex(file, fingerprint)
    digests = {path: record.text.digest for path, record in records.items()}
    index.bring_up_to_date(digests, partial(_texts_at, records))
    return index


def _texts_at(records: Mapping[str, Record], path: str) -> Texts:
    record = records[path]
    summary = record.effective.get("summary")
    texts = Texts(
        record.id or record.stem,
        record.title,
        "\n".join(_texts_in(record.metadata.get("aliases"))),
        summary if isinstance(summary, str) else "",
        _learnings(record),
        _body(record),
    )
    record.text.release()
    return texts


def _texts_in(value: object) -> Iterable[str]:
    return (text for text in value if isinstance(text, str)) if isinstance(value, list) else ()


def _learnings(record: Record) -> str:
    """What stands in the sections that hold learnings, whatever they are called there."""
    pieces = []
    for section in record.type.sections.values() if record.type is not None else ():
        found = section_of(record, section) if section.holds == "learnings" else None
        if found is not None:
            pieces.append(_decoded(record.source.data[found.heading.end : found.end]))
    return "\n".join(pieces)


def _body(record: Record) -> str:
    return _decoded(record.source.data[record.body_start :])


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _hit(record: Record, words: Sequence[str]) -> Hit:
    summary = record.effective.get("summary")
    lines = [summary if isinstance(summary, str) else "", *_body(record).splitlines()]
    record.text.release()
    # The title is shown anyway.
    text = "\n".join(line for line in lines if not line.startswith("# "))
    return Hit(record, excerpt(text, words, _EXCERPT))
