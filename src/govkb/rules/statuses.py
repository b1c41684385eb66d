"""How rules read a status in a text, and quote one: as it is written, and what that means."""

from __future__ import annotations

import re
from typing import NamedTuple

from govkb.reading import Record
from govkb.record_types import StatusMachine

_WORD = re.compile(r"[^\W_]+")
# What may follow a status without being part of it: a remark, a day, a successor.
_AFTER = re.compile(r"[(\[,;:.–—|]| - | by | on | since ")
_MARKUP = re.compile(r"[*_`]")


class Said(NamedTuple):
    """A status, and the word for it in the text."""

    status: str
    word: str


def quoted(written: str, meaning: str | None) -> str:
    """`'active', which means 'accepted'`; only the first where both are the same word."""
    if meaning is None or plain(written) == plain(meaning):
        return repr(written)
    return f"{written!r}, which means {meaning!r}"


def written_status(record: Record) -> str:
    """A record's status as its file or its folder says it, else the one that it starts with."""
    written = record.metadata.get("status") or record.effective.get("status")
    return quoted(written if isinstance(written, str) else record.status or "", record.status)


def plain(status: str) -> str:
    """The words of a status, without letter case and signs."""
    return "-".join(_WORD.findall(status.casefold()))


def status_in(text: str, machine: StatusMachine) -> Said | None:
    """The status that a line says; None where it says none, or several to choose from."""
    known = {plain(name): machine.canonical(name) for name in (*machine.synonyms, *machine.names)}
    pieces = re.split(r"[|/]", _MARKUP.sub("", text))
    words = [_AFTER.split(piece.strip(), maxsplit=1)[0].strip() for piece in pieces]
    found = {status: word for word in words if (status := known.get(plain(word))) is not None}
    return Said(*found.popitem()) if len(found) == 1 else None
