"""The id that a file seems to have, where nobody can read its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkb.record_types import RecordType, TypeCatalogue
from govkb.record_types.id_patterns import IdPattern, PatternError

_ID_LINE = re.compile(rb"^id:[ \t]*['\"]?([A-Za-z0-9._-]+)", re.MULTILINE)


def claimed_id(place: str, catalogue: TypeCatalogue, data: bytes = b"") -> str | None:
    """The id in a line of the text, else the one that its name begins with; None without either."""
    found = _ID_LINE.search(data)
    return found[1].decode("ascii") if found else _id_in_name(place, catalogue)


def _id_in_name(place: str, catalogue: TypeCatalogue) -> str | None:
    """The id in a file's name, by the type of its folder."""
    stem = place.rpartition("/")[2].rpartition(".")[0]
    record_type = catalogue.type_of(None, place, stem)
    if record_type is None:
        return None
    for form_id, pattern in _named_paths(record_type):
        tokens = pattern.match(place)
        if tokens is not None and tokens.keys() >= set(form_id.tokens):
            return form_id.fill(tokens)
    return None


def _named_paths(record_type: RecordType) -> Iterator[tuple[IdPattern, IdPattern]]:
    """Each form of an id with each of its paths, in which the id is written out."""
    for form in record_type.forms:
        for path in form.paths:
            try:
                yield form.id, IdPattern(path.template.replace("{id}", form.id.template))
            except PatternError:  # together they have more tokens than one pattern may
                continue
