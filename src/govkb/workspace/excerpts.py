"""The excerpts of records, kept for as long as the records stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from govkb.history import Answer, Entry, Learning
from govkb.kept import cache_file, keep, load_kept
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.site.excerpts import Excerpt, excerpt_of


class _Kept(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """An excerpt without its record, and what it was made from.

    Of each learning there is the entry, the day and the Markdown; of each answer the entry, the
    verb and the digits.
    """

    key: bytes
    learnings: tuple[tuple[Entry, str, str], ...]
    answers: tuple[tuple[Entry, str, str], ...]
    has_open_tasks: bool
    digest: bytes


class _File(msgspec.Struct, array_like=True):
    fingerprint: str
    excerpts: dict[str, _Kept]


def excerpts_of(base: KnowledgeBase, fingerprint: str) -> Mapping[str, Excerpt]:
    """The excerpt of each record, by path; `fingerprint` is what the reading of all depends on."""
    cache = cache_file(base.config.root)
    file = cache.with_name("excerpts.msgpack") if cache is not None else None
    before = _load(file, fingerprint) if file is not None else {}
    found: dict[str, Excerpt] = {}
    kept: dict[str, _Kept] = {}
    for record in base.records:
        path, key = record.path, _key(record)
        known = before.get(path)
        if known is not None and known.key == key:
            found[path], kept[path] = _restored(known, record), known
        else:
            found[path] = excerpt_of(record)
            kept[path] = _kept(found[path], key)
    if file is not None and kept != before:
        keep(file, _File(fingerprint, kept))
    return found


def _key(record: Record) -> bytes:
    """What an excerpt is made from; neither sidecars nor folders have a say in the text."""
    outside: object = record.id, record.has_own_id
    if record.sidecar is not None or record.inherited.values:
        outside = record.id, record.sidecar, record.metadata, record.inherited
    return record.text.digest + repr(outside).encode()


def _kept(excerpt: Excerpt, key: bytes) -> _Kept:
    return _Kept(
        key,
        tuple((found.entry, found.day, found.markdown) for found in excerpt.learnings),
        tuple((found.entry, found.verb, found.digits) for found in excerpt.answers),
        excerpt.has_open_tasks,
        excerpt.digest,
    )


def _restored(kept: _Kept, record: Record) -> Excerpt:
    return Excerpt(
        tuple(Learning(record, *said) for said in kept.learnings),
        tuple(Answer(record, *said) for said in kept.answers),
        kept.has_open_tasks,
        kept.digest,
    )


def _load(file: Path, fingerprint: str) -> dict[str, _Kept]:
    found = load_kept(file, _File)
    return found.excerpts if found is not None and found.fingerprint == fingerprint else {}
