"""How the records of a group are written: what frontmatter, title and first lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.id_shapes import IdShape

_NUMBERED = re.compile(
    r"(?P<before>[A-Za-z#-]{0,12} ?)(?P<number>[0-9]+)(?P<after>[^\w\s]? ?[-–—:]? )"
)
_LINE = re.compile(
    r"(?P<before>(?:[-*+][ \t]+)?(?:\*\*|__)?)(?P<label>[^:*_]{1,40})(?P<after>[:*_]{1,5})"
)


class Style(Struct, frozen=True):
    """What most records of a group have in common.

    `front` are the fields of their frontmatter. `title` is what stands before the words of a title,
    with `{}` for the number of the record. `lines` are labels of lines such as `Date: 2026-04-21`
    that stand before the first section, in their order, each with what is before and after it.
    """

    front: tuple[str, ...]
    title: str
    lines: tuple[tuple[str, str, str], ...]


def style_of(documents: Sequence[Document], shape: IdShape) -> Style:
    """The style of these documents, whose ids are mostly of this shape."""
    least = len(documents) / 2
    fields = Counter(name for d in documents for name in d.metadata or {})
    titles = Counter(_before_title(d, shape) for d in documents)
    title, count = max(titles.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return Style(
        tuple(name for name, count in fields.items() if count >= least),
        title if count >= least else "",
        tuple(_lines(documents, least)),
    )


def number_of(record_id: str, shape: IdShape) -> str | None:
    """The digits of the running number in an id of this shape; None where there is none."""
    match = re.match("[0-9]+", record_id[len(shape.head) :])
    return match[0] if match and shape.is_numbered and shape.has(record_id) else None


def _before_title(document: Document, shape: IdShape) -> str:
    """`{}. ` for `12. Use Postgres` in the record with the number 12, `{0}` for one with zeros."""
    match, number = _NUMBERED.match(document.title), number_of(document.id, shape)
    if match is None or number is None or int(match["number"]) != int(number):
        return ""
    mark = "{0}" if match["number"] == number and number.startswith("0") else "{}"
    return f"{match['before']}{mark}{match['after']}"


def _lines(documents: Iterable[Document], least: float) -> Iterable[tuple[str, str, str]]:
    found: dict[str, Counter[tuple[str, str, str]]] = {}
    for document in documents:
        for line in document.opening:
            match = _LINE.match(line)
            if match and ":" in match["after"]:
                written = match["before"], match["label"], match["after"]
                found.setdefault(match["label"].casefold(), Counter())[written] += 1
    for counts in found.values():
        if counts.total() >= least:
            yield max(sorted(counts), key=counts.__getitem__)
