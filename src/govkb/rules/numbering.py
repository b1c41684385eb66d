"""The numbers of records whose ids share one sequence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from govkb.reading import ReadResult, Record
from govkb.record_types import RecordType, TypeCatalogue

_TOKENS = ("seq", "int", "number")
_LEADING = re.compile("(?P<digits>[0-9]{1,12})(?P<letter>[a-z]?)(?![0-9A-Za-z])")


class Number(NamedTuple):
    """A number; of `17b` the letter is a part of it."""

    value: int
    letter: str = ""


class Claim(NamedTuple):
    """A number that a file says is its own, and the number as written.

    `record` is None where the file has no record of the type: where it can't be read, or says that
    it is something else. If it says that it is something which nobody knows, it is the `stranger`.
    `by_name` says that only the file's name has the number.
    """

    type: RecordType
    number: Number
    text: str
    path: str
    record: Record | None = None
    by_name: bool = False
    stranger: Record | None = None


def claims(results: Iterable[ReadResult], catalogue: TypeCatalogue) -> Iterator[Claim]:
    """Every number that is claimed for a record of a numbered type."""
    for result in results:
        record = result.record
        if record is None or record.type is None:
            yield from _stranger(result, record, catalogue)
        elif record.type.is_numbered:
            own = _in_tokens(record.tokens)
            named = _in_name(record.type, record.stem)
            if own is not None:
                yield Claim(record.type, own[0], own[1], record.path, record)
            if named is not None and (own is None or named[0] != own[0]):
                yield Claim(record.type, named[0], named[1], record.path, record, by_name=True)


def _stranger(
    result: ReadResult, record: Record | None, catalogue: TypeCatalogue
) -> Iterator[Claim]:
    """The number of a file without a type, by its folder and its id or name."""
    stem = result.place.rpartition("/")[2].rpartition(".")[0]
    name = (record.id if record is not None else result.claimed_id) or stem
    record_type = catalogue.type_of(None, result.place, name)
    if record_type is not None and record_type.is_numbered:
        own = _in_tokens(record_type.match_id(name) or {})
        found = own or _in_name(record_type, stem)
        if found is not None:
            stranger = record if own and _is_of_no_type(record, catalogue) else None
            yield Claim(record_type, *found, result.path, stranger=stranger)


def _is_of_no_type(record: Record | None, catalogue: TypeCatalogue) -> bool:
    """Whether a record has an id, but says that it is of a type which isn't declared anywhere."""
    if record is None or not record.id or record.sidecar == "folder":
        return False
    return catalogue.may_be_broken(record.metadata.get("type"), record.place, record.id) is None


def _in_tokens(tokens: Mapping[str, str]) -> tuple[Number, str] | None:
    for name in _TOKENS:
        if name in tokens:
            return _leading(tokens[name])
    return None


def _in_name(record_type: RecordType, stem: str) -> tuple[Number, str] | None:
    """The number that follows the fixed text of an id at the start of a file's name."""
    for form in record_type.forms:
        prefix = form.id.prefix
        if prefix and _begins_with_number(form.id.template, prefix) and stem.startswith(prefix):
            return _leading(stem[len(prefix) :])
    return None


@cache
def _begins_with_number(template: str, prefix: str) -> bool:
    return template[len(prefix) :].startswith(tuple(f"{{{name}" for name in _TOKENS))


def _leading(text: str) -> tuple[Number, str] | None:
    found = _LEADING.match(text)
    return (Number(int(found["digits"]), found["letter"]), found[0]) if found else None
