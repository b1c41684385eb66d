"""Values that were left out of vocabularies, for people to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.evidence import Evidence
from govkb.scaffolding.adoption.slips import slips
from govkb.scaffolding.adoption.statuses import KNOWN
from govkb.scaffolding.adoption.type_file import Type
from govkb.scaffolding.adoption.values import choice


def doubts(types: Sequence[Type], shared: frozenset[str], evidence: Evidence) -> list[str]:
    """A line for each value that is most likely a slip: where it is, and what it should be."""
    everything = [document for found in types for document in found.documents]
    lines = [line for name in sorted(shared) for line in _in_field(name, everything)]
    for found in types:
        for name in found.own_fields:
            lines += _in_field(name, found.documents)
        lines += _in_statuses(found, evidence)
    return lines


def _in_field(name: str, documents: Sequence[Document]) -> Iterator[str]:
    having = [(text, d) for d in documents for text in _texts((d.metadata or {}).get(name))]
    counts = Counter(text for text, _ in having)
    if choice(counts, name):
        yield from _lines(name, slips(counts), having)


def _in_statuses(found: Type, evidence: Evidence) -> Iterator[str]:
    """Also those that stand in a section, where the type is one that reads them there."""
    record_type = evidence.shipped.catalogue.types.get(found.name)
    is_read = record_type is not None and "status" in record_type.from_body
    names = {*record_type.statuses.names, *record_type.statuses.synonyms} if record_type else set()
    having = []
    for document in found.documents:
        text = (document.metadata or {}).get("status") or (document.status if is_read else "")
        if isinstance(text, str) and text:
            having.append((text, document))
    counts = Counter(text.casefold() for text, _ in having)
    known = {name.casefold() for name in names | KNOWN}
    lowered = [(text.casefold(), document) for text, document in having]
    yield from _lines("status", slips(counts, known), lowered)


def _lines(
    name: str, found: dict[str, str], having: Sequence[tuple[str, Document]]
) -> Iterator[str]:
    for text, document in having:
        if text in found:
            yield f"{document.path}: {name} is {text!r}, which others call {found[text]!r}"


def _texts(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item
