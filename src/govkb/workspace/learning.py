"""Writing an entry, or a tombstone, together with its line in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from govkb.errors import FindingsError, UsageError
from govkb.files import read_bytes
from govkb.history import Entry, LedgerLine, entries_of
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record, read_record
from govkb.record_types import SectionType
from govkb.scaffolding.learning import with_entry, with_tombstones
from govkb.workspace.sealing import protected_ledgers, save, seal
from govkb.workspace.workspace import Workspace

_FEWEST_DIGITS = 4


class Found(Struct, frozen=True):
    """An entry with its record, and its line in the ledger where it has one."""

    record: Record
    entry: Entry | None
    line: LedgerLine | None

    @property
    def digest(self) -> str:
        """The digest that it was sealed under, or would be."""
        if self.line is not None:
            return self.line.digest
        return self.entry.digest if self.entry is not None else ""


def learn(
    workspace: Workspace, record: Record, text: str, day: date, section_name: str | None
) -> Entry:
    """Adds an entry to a record and to its ledger, and returns it.

    Raises UsageError where the record has no place for it, FindingsError where what is there is
    broken, StorageError where the disk refuses; then nothing is written.
    """
    section = _section(record, section_name)
    if section.updates is not None:
        message = f'entries of "{section.name}" stand under the times of updates'
        raise UsageError(message, f"write it into {record.path}, then run `govkb seal`")
    _refuse_repetition(record, section.name, text)
    data = with_entry(record, section, text, day)
    return _write(workspace, record, data, section.name, day)


def redact(workspace: Workspace, found: Found, reason: str, day: date) -> None:
    """Puts a tombstone in the place of a sealed entry, and a line into the ledger.

    Raises as `learn` does.
    """
    record, line = found.record, found.line
    if line is None:
        message = f"{found.entry.name if found.entry else 'the entry'} isn't sealed yet"
        raise UsageError(message, "nothing holds it: take it out by hand")
    base = workspace.load()
    ledger = base.ledgers[record.id]
    known = [sealed for sealed in ledger.sealed() if sealed.digest == line.digest]
    if (gone := known[-1]).moved_as is not None and found.entry is None:
        message = f"L-{line.digest[:8]} is in {gone.moved_to} now"
        raise UsageError(message, f"redact it there: it is called L-{gone.moved_as[:8]}")
    texts = {}
    if found.entry is not None:
        data = with_tombstones(record, _alike(record, found.entry), day, reason)
        texts[record.path] = _as_on_disk(workspace, record, data)
    is_known = any(sealed.redacted for sealed in known)
    new = LedgerLine("redact", line.digest, day.isoformat(), line.section)
    save(workspace, [ledger if is_known else ledger.with_lines([new])], texts)


def find_entry(base: KnowledgeBase, name: str) -> Found:
    """The entry with this short name, `L-` and the first digits of its digest.

    Raises UsageError where there is none, or more than one.
    """
    digits = name.lower().removeprefix("l-")
    if len(digits) < _FEWEST_DIGITS or not set(digits) <= set("0123456789abcdef"):
        raise UsageError(f"{name!r} is no name of an entry", "they look like L-9f3c2a1b")
    found = {f.digest: f for f in _all_entries(base) if f.digest.startswith(digits)}
    if not found:
        raise UsageError(f"no entry is called {name!r}", "`govkb show ID` lists those of a record")
    if len(found) > 1:
        names = "\n".join(f"L-{digest}  {f.record.id}" for digest, f in sorted(found.items()))
        raise UsageError(f"{name!r} can be {len(found)} entries: give more digits", names)
    return next(iter(found.values()))


def _all_entries(base: KnowledgeBase) -> Iterator[Found]:
    for record in base.records_by_id.values():
        ledger = base.ledgers.get(record.id)
        lines = (
            {line.digest: line for line in ledger.lines if line.event == "add"} if ledger else {}
        )
        names = dict.fromkeys(
            (
                *(record.type.append_only_sections if record.type else ()),
                *(line.section for line in lines.values()),
            )
        )
        shown = {entry.digest: entry for name in names for entry in entries_of(record, name)}
        for digest in dict.fromkeys((*shown, *lines)):
            yield Found(record, shown.get(digest), lines.get(digest))


def _alike(record: Record, entry: Entry) -> list[Entry]:
    return [e for e in entries_of(record, entry.section) if e.digest == entry.digest]


def _refuse_repetition(record: Record, section: str, text: str) -> None:
    said = " ".join(text.split())
    for entry in entries_of(record, section):
        if said in (entry.text, entry.text[len("2026-04-21: ") :]):
            raise UsageError(f"{record.id} says so already: {entry.name}", "nothing was added")


def _section(record: Record, name: str | None) -> SectionType:
    """The section that an entry goes to: the one that is named, else that of the learnings.

    Raises UsageError where it can't be told.
    """
    sections = record.type.sections.values() if record.type is not None else ()
    growing = [section for section in sections if section.append_only]
    names = ", ".join(f'"{section.name}"' for section in growing)
    if not growing:
        kind = record.type.plural.lower() if record.type else "records without a type"
        raise UsageError(f"{kind} have no append-only section", "learnings go to another record")
    if name is not None:
        wanted = name.casefold()
        fits = [s for s in growing if wanted in (s.name.casefold(), *map(str.casefold, s.aliases))]
        if not fits:
            message = f"{record.id} has no append-only section {name!r}"
            raise UsageError(message, f"there are {names}")
        return fits[0]
    learnings = [section for section in growing if section.holds == "learnings"]
    if len(learnings or growing) > 1:
        message = f"{record.id} has several append-only sections"
        raise UsageError(message, f"name one with --section: {names}")
    return (learnings or growing)[0]


def _write(workspace: Workspace, record: Record, data: bytes, section: str, day: date) -> Entry:
    before = entries_of(record, section)
    again = read_record(record.path, record.place, data, workspace.catalogue).record
    after = entries_of(again, section) if again is not None else []
    texts = [entry.text for entry in after]
    if texts[: len(before)] != [entry.text for entry in before] or len(after) == len(before):
        message = f"the entry can't be added to {record.path}: the text around it is broken"
        raise FindingsError(message, "`govkb check` says what is wrong")
    base = workspace.load(edited={record.path: data})
    sealed = seal(base, protected_ledgers(workspace, None), day, [record.id])
    if record.id in sealed.refused:
        message = f"the sealed entries of {record.id} aren't as they were, so nothing was added"
        raise FindingsError(message, "`govkb check` says what is wrong")
    texts_to_write = {record.path: _as_on_disk(workspace, record, data)}
    save(workspace, (sealing.ledger for sealing in sealed.done.values()), texts_to_write)
    return after[-1]


def _as_on_disk(workspace: Workspace, record: Record, data: bytes) -> bytes:
    """The bytes with the line ends and the byte order mark that the file has now."""
    old = read_bytes(workspace.config.root / record.path)
    if old.count(b"\r\n") * 2 > old.count(b"\n"):
        data = data.replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + data if old.startswith(b"\xef\xbb\xbf") else data
