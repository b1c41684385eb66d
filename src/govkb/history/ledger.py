"""The ledger of a record: which entries were sealed, in which order, and what became of them.

One file a record, named by its id, so that renaming or moving the record changes nothing. It holds
digests and no text. `docs/ledger-format.md` specifies it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from msgspec import Struct
from msgspec.structs import replace

SUFFIX = ".ledger"
_HEADER = re.compile(r"govkb-ledger 1 (?P<id>\S.*)")
_LINE = re.compile(
    r"(?P<event>add|redact|move) (?P<digest>[0-9a-f]{64}) (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?: (?P<target>\S+) (?P<moved_as>[0-9a-f]{64}))? (?P<section>\S.*)",
    re.ASCII,
)
_RESTORE = "restore the file from git; nothing but govkb writes in it"
_ADDED = re.compile(
    r"^add ([0-9a-f]{64}) ([0-9]{4}-[0-9]{2}-[0-9]{2}) (?!\S+ [0-9a-f]{64} )(\S.*)\n",
    re.MULTILINE | re.ASCII,
)
_WIDTH_WITHOUT_SECTION = len(f"add {'0' * 64} 2026-04-18 \n")
_CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


class LedgerLine(NamedTuple):
    """One event: an entry was added, redacted, or moved to another record.

    That record is the `target`, and `moved_as` the entry's digest there.
    """

    event: str
    digest: str
    day: str
    section: str
    target: str | None = None
    moved_as: str | None = None

    def __str__(self) -> str:
        to = f" {quote(self.target, safe='/')} {self.moved_as}" if self.target is not None else ""
        return f"{self.event} {self.digest} {self.day}{to} {self.section}"


class LedgerFault(NamedTuple):
    """A line of a ledger that can't be believed, by its number from 1."""

    line: int
    message: str
    hint: str


class Sealed(Struct, frozen=True):
    """An entry as its ledger knows it.

    `moved_to` is the id of the record that has it now, `moved_as` its digest there.
    """

    digest: str
    section: str
    day: str
    redacted: bool = False
    moved_to: str | None = None
    moved_as: str | None = None


class Ledger(Struct, frozen=True):
    """The events of one record, oldest first; `faults` are lines that are none."""

    record_id: str
    lines: tuple[LedgerLine, ...] = ()
    faults: tuple[LedgerFault, ...] = ()

    def sealed(self) -> list[Sealed]:
        """Every entry that was ever added, in that order, with what became of it."""
        found: list[Sealed] = []
        for line in self.lines:
            if line.event == "add":
                found.append(Sealed(line.digest, line.section, line.day))
                continue
            for at in _places(found, line):
                if line.event == "redact":
                    found[at] = replace(found[at], redacted=True)
                else:
                    found[at] = replace(found[at], moved_to=line.target, moved_as=line.moved_as)
        return found

    def with_lines(self, lines: Iterable[LedgerLine]) -> Ledger:
        """The same with more lines at its end."""
        return replace(self, lines=(*self.lines, *lines))

    def text(self) -> str:
        """The file that says this."""
        return "".join(f"{line}\n" for line in (header(self.record_id), *self.lines))


def header(record_id: str) -> str:
    """The first line of a record's ledger."""
    return f"govkb-ledger 1 {record_id}"


def file_name(record_id: str) -> str:
    """The name of a record's ledger file: the id, with what a file name may not hold in %XX."""
    return quote(record_id, safe="") + SUFFIX


def id_of_file(name: str) -> str:
    """The record id that a ledger file is named by."""
    return unquote(name.removesuffix(SUFFIX))


def parse_line(text: str) -> LedgerLine | None:
    """The event that a line says; None where it says none."""
    found = _LINE.fullmatch(text)
    if found is None or not _is_day(found["day"]):
        return None
    if (found["target"] is not None) != (found["event"] == "move"):
        return None
    to = unquote(found["target"]) if found["target"] else None
    event, digest, day = found["event"], found["digest"], found["day"]
    return LedgerLine(event, digest, day, found["section"], to, found["moved_as"])


def read_ledger(name: str, text: str) -> Ledger:
    """The ledger in a file; what can't be believed of it is a fault, and the rest goes on."""
    record_id = id_of_file(name)
    plain = _only_added(record_id, text)
    if plain is not None:
        return plain
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = text.removesuffix("\n").split("\n") if text else []
    reader = _Reader(record_id)
    for number, line in enumerate(lines, 1):
        reader.take(number, line)
    if not lines:
        reader.fault(1, "the ledger is empty", _RESTORE)
    elif not text.endswith("\n"):
        reader.fault(len(lines), "the last line has no end: the file was cut off", _RESTORE)
    return Ledger(record_id, tuple(reader.lines), tuple(reader.faults))


def _only_added(record_id: str, text: str) -> Ledger | None:
    """The ledger, where it is one to which entries were added and nothing else ever happened.

    Nearly all are, and taking them line by line takes three times as long.
    """
    lines = [LedgerLine("add", *found) for found in _ADDED.findall(text)]
    first = f"{header(record_id)}\n"
    length = len(first) + sum(len(line.section) + _WIDTH_WITHOUT_SECTION for line in lines)
    if not text.startswith(first) or len(text) != length or "\r" in text:
        return None
    if not all(map(_is_day, {line.day for line in lines})):
        return None
    return Ledger(record_id, tuple(lines))


class _Reader:
    """Takes the lines of a ledger one by one."""

    def __init__(self, record_id: str) -> None:
        self.record_id = record_id
        self.lines: list[LedgerLine] = []
        self.faults: list[LedgerFault] = []
        self.there: Counter[str] = Counter()
        self.redacted: set[str] = set()

    def fault(self, number: int, message: str, hint: str = _RESTORE) -> None:
        self.faults.append(LedgerFault(number, message, hint))

    def take(self, number: int, line: str) -> None:
        if line.startswith(_CONFLICT):
            hint = "keep the lines of both sides, theirs below ours, and run `govkb seal`"
            self.fault(number, f"a merge conflict was left in it: {line[:7]!r}", hint)
        elif number == 1:
            self._header(line)
        else:
            event = parse_line(line)
            if event is None:
                self.fault(number, f"{line[:80]!r} is no line of a ledger")
            else:
                self._event(number, event)

    def _header(self, line: str) -> None:
        found = _HEADER.fullmatch(line)
        if found is None:
            self.fault(1, f"it begins with {line[:80]!r} instead of {header(self.record_id)!r}")
        elif found["id"] != self.record_id:
            message = (
                f"it is the ledger of {found['id']!r}, and named as that of {self.record_id!r}"
            )
            self.fault(1, message, "restore the file's name; it is the id of the record")

    def _event(self, number: int, line: LedgerLine) -> None:
        wrong = self._wrong_with(line)
        if wrong is not None:
            self.fault(number, *wrong)
            return
        if line.event == "redact":
            self.redacted.add(line.digest)
        else:
            self.there[line.digest] += 1 if line.event == "add" else -1
        self.lines.append(line)

    def _wrong_with(self, line: LedgerLine) -> tuple[str, str] | None:
        """Why an event can't follow those above it, and what to do, if so."""
        name = f"L-{line.digest[:8]}"
        is_redacted = line.digest in self.redacted
        if line.event == "add":
            message = f"{name} is added again, and it was redacted"
            hint = "what was redacted stays so; write it in other words"
            return (message, hint) if is_redacted else None
        verb = "redacts" if line.event == "redact" else "moves"
        if line.digest not in self.there:
            message = f"the line {verb} {name}, and no line above adds it"
            return message, "name an entry of this record"
        if is_redacted and line.event == "redact":
            return f"{name} is redacted twice", "remove the second line"
        if is_redacted:
            return f"{name} is moved, and it was redacted", "its tombstone stays where it is"
        if self.there[line.digest] < 1:
            message = f"the line {verb} {name}, and it was moved away above"
            hint = "name it as it is called in the record that has it now"
            return message, hint if line.event == "redact" else "remove the second line"
        return None


def _places(found: list[Sealed], line: LedgerLine) -> list[int]:
    """The entries that an event is about: a redaction covers all alike, a move the last one."""
    alike = [number for number, entry in enumerate(found) if entry.digest == line.digest]
    if line.event == "redact":
        return alike
    return [number for number in alike if found[number].moved_to is None][-1:]


# Many lines have the same day.
@lru_cache(maxsize=4096)
def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def entries_by_section(sealed: Iterable[Sealed]) -> dict[str, list[Sealed]]:
    """What a record must show, by section; entries that were moved away are left out."""
    found: dict[str, list[Sealed]] = {}
    for entry in sealed:
        shown = found.setdefault(entry.section, [])
        if entry.moved_to is None:
            shown.append(entry)
    return found


def first_difference(
    base: Ledger, head: Ledger
) -> tuple[int, LedgerLine, LedgerLine | None] | None:
    """The first line of the base that the head hasn't in its place, with what it has there."""
    for number, line in enumerate(base.lines):
        now = head.lines[number] if number < len(head.lines) else None
        if now != line:
            return number, line, now
    return None
