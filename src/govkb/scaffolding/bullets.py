"""The lettered bullets of a record, and what a record that answers one of them says of it."""

from __future__ import annotations

import re
from typing import Any

from govkb.errors import UsageError
from govkb.reading import Record
from govkb.record_types import RecordType

_ROW = re.compile(r"^\|?[ \t]*\**(?P<letter>[A-Z])\**[ \t]*\|[ \t]*(?P<text>[^|\n]*)")
_ITEM = re.compile(
    r"^[ \t]*(?:[-*+][ \t]+)?\**(?P<letter>[A-Z])(?:\**[.):]\**|\**[ \t]+[-–—])[ \t]+(?P<text>.+)"
)
_SILENT = ("code", "html", "rule", "heading")


def bullets_of(record: Record) -> dict[str, str]:
    """What each lettered bullet of a record says: items such as `A: …`, or rows with a letter."""
    found: dict[str, str] = {}
    for block in record.body.blocks:
        if block.kind in _SILENT:
            continue
        pattern = _ROW if block.kind == "table-row" else _ITEM
        match = pattern.match(record.source.text(block.start, block.end).split("\n", 1)[0])
        if match is not None:
            found.setdefault(match["letter"], match["text"].strip(" \t*_"))
    return found


def bullet_fields(record_type: RecordType, brief: Record, letter: str) -> dict[str, Any]:
    """The fields by which a record of a type says that it answers a bullet.

    Raises UsageError where the type has no such fields or the record no such bullet.
    """
    rule, where = record_type.letter_rule, record_type.agrees.get("letter")
    if rule is None or where is None:
        message = f"{record_type.plural.lower()} don't answer the bullets of a brief"
        raise UsageError(message, "types with a `letter_rule` do, such as decisions")
    letters = sorted(bullets_of(brief))
    if letter not in letters:
        there = f"there are {', '.join(letters)}" if letters else "it has no lettered bullets"
        raise UsageError(f"{brief.id} has no bullet {letter!r}", there)
    fields: dict[str, Any] = {}
    for path, value in ((rule.field, brief.id), (where, letter)):
        inner = fields
        for part in path[:-1]:
            inner = inner.setdefault(part, {})
        inner[path[-1]] = value
    return fields
