"""What the values of a field have in common, as JSON Schema."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from govkb.scaffolding.adoption.slips import slips
from govkb.scaffolding.adoption.vocabularies import ValueList, covering

# A few values that come again and again are a vocabulary; a few that don't are a small sample.
_MAX_VALUES = 10
_MIN_USES = 8
_USES_PER_VALUE = 3
_MAX_LENGTH = 40
_MAX_KEYS = 20
_MAX_DEPTH = 4
# One file among this many that has a field which no other has may well have mistyped it.
MANY = 20
_RARE = 0.03
_FREE = re.compile(r"title|name|author|decider|consulted|informed|version|description|summary|id$")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Definition(Struct, frozen=True):
    """A vocabulary of the repository that schemas refer to by name, and where it comes from."""

    name: str
    values: tuple[str, ...]
    source: str


class Terms(Struct, frozen=True):
    """What is known before a field is looked at: lists of values, and names that are taken."""

    lists: tuple[ValueList, ...] = ()
    taken: frozenset[str] = frozenset()

    def definition(self, found: ValueList) -> Definition:
        """A cited list as a definition, under a name that govkb doesn't use itself."""
        name = re.sub(r"[^A-Za-z0-9_-]+", "_", found.name)
        name = f"own_{name}" if name in self.taken else name
        return Definition(name, found.values, found.source)


def schema_of(values: Sequence[Any], field: str, terms: Terms, depth: int = 0) -> dict[str, Any]:
    """A schema that all these values of a field fit.

    Left out may be what a vocabulary of the repository's own doesn't have, and slips.
    """
    values = _usual(values)
    texts = [v for v in values if isinstance(v, str)]
    numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    lists = [v for v in values if isinstance(v, list)]
    mappings = [v for v in values if isinstance(v, dict)]
    parts: list[dict[str, Any]] = []
    if texts:
        parts.append(_texts(texts, field, terms))
    if numbers:
        whole = all(isinstance(number, int) for number in numbers)
        parts.append({"type": "integer" if whole else "number"})
    if any(isinstance(v, bool) for v in values):
        parts.append({"type": "boolean"})
    if any(v is None for v in values):
        parts.append({"type": "null"})
    if lists:
        parts.append(_list([item for value in lists for item in value], field, terms, depth))
    if mappings:
        parts.append(_mapping(mappings, field, terms, depth))
    return parts[0] if len(parts) == 1 else {"anyOf": parts} if parts else {}


def _usual(values: Sequence[Any]) -> Sequence[Any]:
    """The values without those of a kind that hardly any of many has: these are slips."""
    kinds = Counter(_kind(value) for value in values)
    rare = {kind for kind, count in kinds.items() if count < _RARE * len(values)}
    return [v for v in values if _kind(v) not in rare] if len(values) >= MANY else values


def _kind(value: Any) -> str:
    return "number" if type(value) in (int, float) else type(value).__name__


def cited(
    values: Iterable[Any], field: str, terms: Terms
) -> Iterator[tuple[Definition, Counter[str]]]:
    """The definitions that the schema of these values refers to, each with the values it is for."""
    for name, texts in _texts_by_field(values, field, 0):
        counts = Counter(texts)
        value_list = covering(terms.lists, name, counts)
        if value_list is not None:
            yield terms.definition(value_list), counts


def _texts(texts: list[str], field: str, terms: Terms) -> dict[str, Any]:
    counts = Counter(texts)
    value_list = covering(terms.lists, field, counts)
    if value_list is not None:
        return {"$ref": f"#/$defs/{terms.definition(value_list).name}"}
    if all(_is_date(text) for text in counts):
        return {"$ref": "#/$defs/day"}
    if all(_is_moment(text) for text in counts):
        return {"$ref": "#/$defs/moment"}
    chosen = choice(counts, field)
    if chosen:
        return {"enum": [value for value, _ in ranked(chosen)]}
    return {"type": "string"} if "" in counts else {"$ref": "#/$defs/text"}


def choice(counts: Counter[str], field: str) -> Counter[str]:
    """The values, if they look like a choice among few, without slips; else none."""
    left_out = slips(counts)
    kept = Counter({value: n for value, n in counts.items() if value not in left_out})
    return kept if _is_vocabulary(kept, field, sum(counts.values())) else Counter()


def _is_vocabulary(counts: Counter[str], field: str, total: int) -> bool:
    few = 2 <= len(counts) <= _MAX_VALUES and total >= _MIN_USES
    short = all(0 < len(v) <= _MAX_LENGTH and v.isprintable() for v in counts)
    return (
        few and short and total >= _USES_PER_VALUE * len(counts) and not _FREE.search(field.lower())
    )


def ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """Values with their counts, the commonest first, equals by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _list(items: list[Any], field: str, terms: Terms, depth: int) -> dict[str, Any]:
    if not items or depth >= _MAX_DEPTH:
        return {"type": "array"}
    schema = schema_of(items, field, terms, depth + 1)
    if schema == {"$ref": "#/$defs/text"}:
        return {"$ref": "#/$defs/texts"}
    return {"type": "array", "items": schema}


def _mapping(
    mappings: list[dict[str, Any]], field: str, terms: Terms, depth: int
) -> dict[str, Any]:
    counts = Counter(name for mapping in mappings for name in mapping)
    if not 0 < len(counts) <= _MAX_KEYS or depth >= _MAX_DEPTH:
        return {"type": "object"}
    many = len(mappings) >= MANY
    properties = {
        name: schema_of([m[name] for m in mappings if name in m], name, terms, depth + 1)
        for name, count in counts.items()
        if count > 1 or not many
    }
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    return schema | {"additionalProperties": False} if many else schema


def _texts_by_field(
    values: Iterable[Any], field: str, depth: int
) -> Iterator[tuple[str, list[str]]]:
    """The texts under every key, as `schema_of` meets them."""
    values = list(values)
    texts = [v for v in values if isinstance(v, str)]
    if texts:
        yield field, texts
    if depth >= _MAX_DEPTH:
        return
    items = [item for v in values if isinstance(v, list) for item in v]
    if items:
        yield from _texts_by_field(items, field, depth + 1)
    mappings = [v for v in values if isinstance(v, dict)]
    for name in dict.fromkeys(name for mapping in mappings for name in mapping):
        yield from _texts_by_field([m[name] for m in mappings if name in m], name, depth + 1)


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    """Whether it is a date, or a date-time with its offset, as RFC 3339 has them."""
    if _is_date(text):
        return True
    try:
        return "T" in text and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
