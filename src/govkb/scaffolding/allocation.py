"""The next free id of a type, and where its record goes."""

from __future__ import annotations

import string
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from govkb.errors import UsageError
from govkb.record_types import Form, IdPattern, RecordType
from govkb.record_types.id_patterns import slugify

_FROM_TITLE = frozenset({"slug", "SLUG", "text"})


@dataclass(frozen=True, slots=True)
class Allocation:
    """A free id and the path below the records folder that belongs to it."""

    id: str
    place: str


def allocate(record_type: RecordType, title: str, day: date, taken: Collection[str]) -> Allocation:
    """The next id of a type for a title and a day, none of those `taken`.

    Letters and numbers of a day are never given twice: the next one follows the highest in use.
    Raises UsageError where a title gives an id that is taken, or the letters of a day are used up.
    """
    for form in record_type.forms:
        tokens = _tokens(form.id, title, day, taken)
        record_id = form.id.fill(tokens)
        if record_id not in taken:
            return Allocation(record_id, _place(form, record_id, tokens, title))
        if _FROM_TITLE & set(form.id.tokens):
            message = f"{record_id} is there already"
            raise UsageError(message, "choose another title, or work on that record")
    raise UsageError(f"no id is left for {record_type.plural.lower()} of {day.isoformat()}")


def _tokens(pattern: IdPattern, title: str, day: date, taken: Collection[str]) -> dict[str, str]:
    slug = slugify(title)
    tokens = {"date": day.isoformat(), "slug": slug, "SLUG": slug.upper(), "text": slug}
    for name in ("letter", "seq"):
        if name in pattern.tokens:
            tokens[name] = _next(name, pattern, tokens, taken)
    return tokens


def _next(name: str, pattern: IdPattern, tokens: dict[str, str], taken: Collection[str]) -> str:
    """The letter or number after the highest that ids with the same other tokens have."""
    in_use = []
    for record_id in taken:
        found = pattern.match(record_id)
        if found and all(tokens.get(k) == v for k, v in found.items() if k != name):
            in_use.append(found[name])
    highest = max(in_use, default=None)
    if name == "seq":
        return str(int(highest or "0") + 1)
    following = string.ascii_uppercase.find(highest) + 1 if highest else 0
    if following >= len(string.ascii_uppercase):
        message = f"all 26 letters of {tokens.get('date', 'this day')} are in use"
        raise UsageError(message)
    return string.ascii_uppercase[following]


def _place(form: Form, record_id: str, tokens: dict[str, str], title: str) -> str:
    return form.paths[0].fill({**tokens, "id": record_id, "slug": slugify(title)})
