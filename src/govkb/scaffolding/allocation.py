"""The next free id of a type, and where its record goes."""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping, Set
from datetime import date

from msgspec import Struct

from govkb.errors import UsageError
from govkb.record_types import Form, IdPattern, RecordType
from govkb.record_types.id_patterns import slugify

_FROM_TITLE = frozenset({"slug", "SLUG", "snake", "text"})


class Allocation(Struct, frozen=True):
    """A free id and the path below the records folder that belongs to it."""

    id: str
    place: str


def allocate(
    record_type: RecordType,
    title: str,
    day: date,
    taken: Mapping[str, str],
    foreign: Set[str] = frozenset(),
    letter: str | None = None,
) -> Allocation:
    """The next id of a type for a title and a day, none of those `taken`, which say by what.

    Letters and numbers are never given twice: the next one follows the highest in use. `foreign`
    are the ids that records of other types have; in some a date looks like a number. A title that
    spells out an id of the type (`Service onboarding SOP`) is taken at its word. A `letter` that is
    given is that of the id.
    Raises UsageError where a title gives an id that is taken, or the letters of a day are used up.
    """
    if letter is not None:
        return _with_letter(record_type, title, day, taken, letter)
    spelled = _spelled_out(record_type, title)
    for number, form in enumerate(record_type.forms) if spelled is None else ():
        tokens = _tokens(record_type, number, title, day, set(taken) - foreign)
        record_id = form.id.fill(tokens)
        if record_id not in taken:
            return Allocation(record_id, _place(form, record_id, tokens, title))
        if _FROM_TITLE & set(form.id.tokens) and not _goes_on(record_type, number):
            raise _is_there(record_id, taken)
    if spelled is None:
        raise UsageError(f"no id is left for {record_type.plural.lower()} of {day.isoformat()}")
    if spelled.id in taken:
        raise _is_there(spelled.id, taken)
    return spelled


def draft_of(record_type: RecordType, title: str, taken: Mapping[str, str]) -> Allocation:
    """An id that stands in until the record is numbered. Raises UsageError where there is none."""
    form = record_type.draft
    if form is None:
        message = f"ids of {record_type.plural.lower()} don't wait for a number"
        raise UsageError(message, "leave out --draft")
    tokens = {"slug": slugify(title)}
    record_id = form.id.fill(tokens)
    if record_id in taken:
        raise _is_there(record_id, taken)
    return Allocation(record_id, _place(form, record_id, tokens, title))


def place_of(record_type: RecordType, record_id: str, title: str) -> str:
    """Where a record with this id goes, below the records folder; the id must be of the type."""
    for form in record_type.forms:
        tokens = form.id.match(record_id)
        if tokens is not None:
            return _place(form, record_id, tokens, title)
    raise UsageError(f"{record_id!r} is no id of {record_type.plural.lower()}")


def _with_letter(
    record_type: RecordType, title: str, day: date, taken: Mapping[str, str], letter: str
) -> Allocation:
    for number, form in enumerate(record_type.forms):
        if "letter" in form.id.tokens:
            tokens = {**_tokens(record_type, number, title, day, ()), "letter": letter}
            record_id = form.id.fill(tokens)
            if record_id in taken:
                raise _is_there(record_id, taken)
            return Allocation(record_id, _place(form, record_id, tokens, title))
    raise UsageError(f"no id of {record_type.plural.lower()} has a letter")


def _is_there(record_id: str, taken: Mapping[str, str]) -> UsageError:
    message = f"{record_id} is there already: {taken[record_id]}"
    return UsageError(message, "choose another title, or work on that record")


def _spelled_out(record_type: RecordType, title: str) -> Allocation | None:
    """What a title says that is an id, or all of one but for its prefix (`platform 17b drift`)."""
    slug = slugify(title)
    for form in record_type.forms:
        names = [slug] if set(form.id.tokens) <= _FROM_TITLE else []
        if "project" in form.id.tokens:
            names = [slug, form.id.prefix + slug]
        for name in names:
            if form.id.match(name) is not None:
                return Allocation(name, _place(form, name, {}, title))
    return None


def _goes_on(record_type: RecordType, number: int) -> bool:
    """Whether a later form is for further records with the same tokens (`…-r2`)."""
    tokens = set(record_type.forms[number].id.tokens)
    return any(tokens < set(form.id.tokens) for form in record_type.forms[number + 1 :])


def _tokens(
    record_type: RecordType, number: int, title: str, day: date, own: Collection[str]
) -> dict[str, str]:
    """The tokens of a new id in the form with this number."""
    slug = slugify(title)
    tokens = {"date": day.isoformat(), "year": str(day.year), "month": f"{day.month:02}"}
    tokens |= {"text": slug, "slug": slug, "SLUG": slug.upper(), "snake": slug.replace("-", "_")}
    pattern = record_type.forms[number].id
    for name in pattern.tokens:
        if name == "letter":
            tokens[name] = _next_letter(_in_use(record_type, pattern, name, tokens, own), day)
        elif name in ("seq", "int", "number"):
            numbers = _in_use(record_type, pattern, name, tokens, own)
            # A record that has the same name without a number counts as the first.
            highest = max((int(n.rstrip(string.ascii_lowercase)) for n in numbers), default=number)
            tokens[name] = str(highest + 1)
    return tokens


def _in_use(
    record_type: RecordType,
    pattern: IdPattern,
    name: str,
    tokens: dict[str, str],
    own: Collection[str],
) -> list[str]:
    """The letters or numbers of the ids that have the same tokens before them.

    The ids of a numbered type share one sequence, whatever else they say.
    """
    if record_type.is_numbered:
        found = (record_type.match_id(record_id) for record_id in own)
        return [match[name] for match in found if match and name in match]
    before = pattern.tokens[: pattern.tokens.index(name)]
    matches = (pattern.match(record_id) for record_id in own)
    return [m[name] for m in matches if m and all(m[token] == tokens[token] for token in before)]


def _next_letter(in_use: Collection[str], day: date) -> str:
    following = string.ascii_uppercase.find(max(in_use)) + 1 if in_use else 0
    if following >= len(string.ascii_uppercase):
        hint = "file it under another day with --date, or add to one of the records of that day"
        raise UsageError(f"all 26 letters of {day.isoformat()} are in use", hint)
    return string.ascii_uppercase[following]


def _place(form: Form, record_id: str, tokens: dict[str, str], title: str) -> str:
    return form.paths[0].fill({**tokens, "id": record_id, "slug": slugify(title)})
