"""Which fields name other records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from govkb.scaffolding.adoption.documents import Document

_MIN_HITS = 3
_SHARE = 0.5
_SHORT = re.compile(r"[A-Za-z]+-[0-9]+(?=-)")
_NEVER = frozenset({"id", "title", "type", "status", "aliases", "tags"})


class ReferenceField(Struct, frozen=True):
    """A field whose values name records: `hits` of its `total` values name one here."""

    name: str
    hits: int
    total: int
    documents: int

    def in_these(self, documents: Iterable[Document], names: Names) -> ReferenceField:
        """The same field, counted in these documents only."""
        having = [d for d in documents if self.name in (d.metadata or {})]
        texts = [text for d in having for text in _texts((d.metadata or {})[self.name])]
        return ReferenceField(self.name, sum(map(names.has, texts)), len(texts), len(having))


class Names:
    """Everything that a record of the tree may be called."""

    def __init__(self, documents: Iterable[Document]) -> None:
        names: set[str] = set()
        for document in documents:
            names |= {document.id, document.stem, document.path, document.path[:-3]}
            names.update(match[0] for match in [_SHORT.match(document.id)] if match)
        self._names = names

    def has(self, text: str) -> bool:
        """Whether a record is called this."""
        text = text.strip().removeprefix("./")
        return text in self._names or text.partition("#")[0] in self._names


def reference_fields(
    documents: Sequence[Document], names: Names, relations: Mapping[str, str]
) -> list[ReferenceField]:
    """The fields, by name, that hold references.

    `relations` maps the relations that govkb knows, and their inverses, to the relation; a field
    that is called like one counts as soon as nothing speaks against it.
    """
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    files: Counter[str] = Counter()
    others: set[str] = set()
    for document in documents:
        for name, value in (document.metadata or {}).items():
            if name in _NEVER:
                continue
            files[name] += 1
            if not _may_be_reference(value):
                others.add(name)
            for text in _texts(value):
                totals[name] += 1
                hits[name] += names.has(text)
    return [
        ReferenceField(name, hits[name], totals[name], files[name])
        for name in sorted(files)
        if name not in others and _is_reference(name in relations, hits[name], totals[name])
    ]


def _is_reference(is_known: bool, hits: int, total: int) -> bool:
    if is_known:
        return hits > 0 or total == 0
    return hits >= _MIN_HITS and hits >= _SHARE * total


def _may_be_reference(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(v, str | dict) for v in value)
    return value is None or isinstance(value, str)


def _texts(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        text = item.get("ref") if isinstance(item, dict) else item
        if isinstance(text, str) and text:
            yield text
