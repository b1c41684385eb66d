"""How rules quote a status: as it is written, and what that means where it is another word."""

from __future__ import annotations

import re

from govkb.reading import Record

_WORD = re.compile(r"[^\W_]+")


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
