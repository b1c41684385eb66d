"""What a record reads like with one more entry, or with a tombstone in the place of one."""

from __future__ import annotations

import re
from datetime import date

from govkb.errors import UsageError
from govkb.history import Entry, entries_of, tombstone
from govkb.reading import Record
from govkb.record_types import SectionType

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NUMBERED = re.compile(rb"(?P<number>[0-9]{1,9})(?P<mark>[.)])[ \t]")
_MARKER = re.compile(rb"\A(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")


def with_entry(record: Record, section: SectionType, text: str, day: date) -> bytes:
    """The text of a record's file with one more entry at the end of a section, under its day.

    Where the section is in groups under days, the entry goes under a heading of its day; elsewhere
    it begins with the day. Raises UsageError where the section isn't there or the text is none.
    """
    data = record.source.data
    found = record.outline.section(section.name) or next(
        (s for s in map(record.outline.section, section.aliases) if s is not None), None
    )
    if found is None:
        hint = f"write `## {section.name}` where it belongs, then try again"
        raise UsageError(f'{record.id} has no section "{section.name}"', hint)
    entries = entries_of(record, section.name)
    kept = data[: found.end].rstrip()
    rest = data[found.end :]
    heading, item = _parts(record, entries, section, _one_line(text), day)
    last = entries[-1] if entries else None
    joins = last is not None and last.block.kind == "item" and not heading
    is_directly_after = (
        joins
        and last is not None
        and kept.endswith(data[last.block.start : last.block.end].rstrip())
    )
    gap = b"\n" if is_directly_after else b"\n\n"
    added = (f"{heading}\n\n" if heading else "").encode() + item
    return kept + gap + added + b"\n" + (b"\n" + rest if rest else b"")


def with_tombstones(record: Record, entries: list[Entry], day: date, reason: str) -> bytes:
    """The text of a record's file with a tombstone in the place of each of some entries."""
    data = record.source.data
    for entry in reversed(entries):
        block = entry.block
        old = data[block.start : block.end]
        stone = tombstone(entry.digest, day.isoformat(), _one_line(reason)).encode()
        end = old[len(old.rstrip()) :]
        data = data[: block.start] + _in_place_of(old, entry, stone) + end + data[block.end :]
    return data


def _in_place_of(old: bytes, entry: Entry, stone: bytes) -> bytes:
    """A tombstone in the form of the block that it takes the place of."""
    kind = entry.block.kind
    if kind == "item":
        marker = _MARKER.match(old)
        return (marker[0] if marker else b"") + stone
    if kind == "table-row":
        cells = len(re.findall(rb"(?<!\\)\|", old.strip().strip(b"|")))
        return b"| " + stone.replace(b"|", rb"\|") + b" |" + b" |" * cells
    if kind in ("heading", "table-head"):
        message = f"{entry.name} is a heading, and other entries stand under it"
        raise UsageError(message, "redact the entries one by one")
    return stone


def _parts(
    record: Record, entries: list[Entry], section: SectionType, text: str, day: date
) -> tuple[str, bytes]:
    """The heading to be written first, if any, and the entry itself."""
    today = day.isoformat()
    days = [entry for entry in entries if entry.block.kind == "heading" and _DAY.search(entry.text)]
    if not (section.cumulative or days):
        shown = text if _DAY.match(text) else f"{today}: {text}"
        return "", _marker(record, entries, b"- ") + shown.encode()
    newest = _DAY.search(days[-1].text) if days else None
    if newest is None or newest[0] != today:
        return f"### {today}", _first_marker(record, entries) + text.encode()
    group = entries[entries.index(days[-1]) + 1 :]
    return "", _marker(record, group, _first_marker(record, entries)) + text.encode()


def _first_marker(record: Record, entries: list[Entry]) -> bytes:
    """The marker of a new list in a section: numbered, unless those before have bullets."""
    marker = _marker(record, entries, b"1. ")
    return b"1. " if marker[:1].isdigit() else marker


def _marker(record: Record, entries: list[Entry], default: bytes) -> bytes:
    """The list marker that goes on with the last list among some entries."""
    items = [entry.block for entry in entries if entry.block.kind == "item"]
    found = _MARKER.match(record.source.data[items[-1].start : items[-1].end]) if items else None
    if found is None:
        return default
    number = _NUMBERED.match(found[0])
    if number is None:
        return found[0]
    return b"%d%b " % (int(number["number"]) + 1, number["mark"])


def _one_line(text: str) -> str:
    """A text on one line, as an entry needs it.

    Raises UsageError where there is nothing in it or where it can't be shown.
    """
    shown = " ".join(text.split())
    if not shown:
        raise UsageError("the text is empty")
    if not shown.isprintable():
        raise UsageError("the text has control characters in it")
    return shown
