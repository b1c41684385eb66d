"""The log of all ledgers, and the checkpoint that stands for it; what a site publishes.

`docs/ledger-format.md` specifies both.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, unquote

from msgspec import Struct

from govkb.counting import counted
from govkb.errors import FindingsError
from govkb.history.ledger import Ledger, LedgerLine, parse_line
from govkb.history.merkle import root_of

_HEADER = "govkb-log 1"
_CHECKPOINT = re.compile(
    r"(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]*)\n(?P<root>[A-Za-z0-9+/=]+)\n"
)


class LogEvent(Struct, frozen=True):
    """A line of a ledger with the id of its record."""

    record_id: str
    line: LedgerLine

    def __str__(self) -> str:
        return f"{quote(self.record_id, safe='/')} {self.line}"


class Checkpoint(Struct, frozen=True):
    """What stands for a log: where it is from, how many events it has, and their tree hash."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The file that says this: the body of a signed note, three lines."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def log_of(ledgers: Mapping[str, Ledger], earlier: Sequence[LogEvent] = ()) -> list[LogEvent]:
    """Every event of some ledgers: first those of an earlier log, then the others.

    The others come by day, then by record; those of one record stay in their order. Raises
    FindingsError where the ledgers don't have all that the earlier log has.
    """
    lost = missing_from(ledgers, earlier)
    if lost:
        event = lost[0]
        message = (
            f"the ledgers lack {counted(len(lost), 'event')} of the earlier log, first {event}"
        )
        raise FindingsError(message, "restore the ledgers; `govkb verify` lists what is missing")
    taken: dict[str, int] = {}
    for event in earlier:
        taken[event.record_id] = taken.get(event.record_id, 0) + 1
    rest = [
        (day, record_id, number, line)
        for record_id, ledger in ledgers.items()
        for number, (day, line) in enumerate(_never_backward(ledger.lines))
        if number >= taken.get(record_id, 0)
    ]
    rest.sort(key=lambda found: found[:3])
    return [*earlier, *(LogEvent(record_id, line) for _, record_id, _, line in rest)]


def _never_backward(lines: Iterable[LedgerLine]) -> Iterator[tuple[str, LedgerLine]]:
    """Each line with its day, or with that of an earlier line if that is later."""
    latest = ""
    for line in lines:
        latest = max(latest, line.day)
        yield latest, line


def missing_from(ledgers: Mapping[str, Ledger], log: Iterable[LogEvent]) -> list[LogEvent]:
    """The events of a log that the ledgers don't have in the same places."""
    seen: dict[str, int] = {}
    lost = []
    for event in log:
        number = seen.get(event.record_id, 0)
        seen[event.record_id] = number + 1
        ledger = ledgers.get(event.record_id)
        if ledger is None or ledger.lines[number : number + 1] != (event.line,):
            lost.append(event)
    return lost


def checkpoint_of(origin: str, log: Sequence[LogEvent]) -> Checkpoint:
    """The checkpoint of a log."""
    return Checkpoint(origin, len(log), root_of(str(event).encode() for event in log))


def log_text(log: Iterable[LogEvent]) -> str:
    """The file that holds a log."""
    return "".join(f"{line}\n" for line in (_HEADER, *log))


def read_log(text: str) -> list[LogEvent]:
    """The events in a log. Raises FindingsError, naming the line, where it is none."""
    header, *lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    if header != _HEADER:
        raise FindingsError(f"a log begins with {_HEADER!r}, and this is {header[:60]!r}")
    return [_event(number, line) for number, line in enumerate(lines, 2)]


def read_checkpoint(text: str) -> Checkpoint:
    """What a checkpoint says. Raises FindingsError where it is none."""
    found = _CHECKPOINT.match(text.replace("\r\n", "\n"))
    try:
        root = base64.b64decode(found["root"], validate=True) if found else b""
    except binascii.Error:
        root = b""
    if found is None or len(root) != 32:
        message = "a checkpoint has three lines: an origin, a number, and 32 bytes in base64"
        raise FindingsError(message)
    return Checkpoint(found["origin"], int(found["size"]), root)


def is_log(text: str) -> bool:
    """Whether a file is a log rather than a checkpoint."""
    return text.startswith(_HEADER)


def _event(number: int, line: str) -> LogEvent:
    record_id, _, rest = line.partition(" ")
    parsed = parse_line(rest)
    if parsed is None or not record_id:
        raise FindingsError(f"line {number} of the log is {line[:80]!r}, which is no event")
    return LogEvent(unquote(record_id), parsed)
