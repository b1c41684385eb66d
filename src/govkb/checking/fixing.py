"""Carries out the repairs that rules offer, on the bytes of the files.

What may never be changed is protected here once more, whatever a rule offers: append-only sections,
what is marked as quoted word for word, and the bodies of records whose type freezes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from govkb.diagnostics import Diagnostic, Edit
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import ReadResult, Record
from govkb.rules.comments import verbatim_parts
from govkb.rules.protected_text import append_only_parts

_BOM = b"\xef\xbb\xbf"
Extent = tuple[int, int]


class Repair(Struct, frozen=True):
    """What was mended in one file: its new bytes, and the diagnostics whose fixes that were."""

    path: str
    data: bytes
    fixed: tuple[Diagnostic, ...]


@dataclass(slots=True)
class Repairs:
    """What was mended in all files, and the files that had to be left alone, with the reason."""

    files: dict[str, Repair] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def fixed(self) -> list[Diagnostic]:
        """Every diagnostic whose fix was carried out."""
        return [diagnostic for repair in self.files.values() for diagnostic in repair.fixed]


def repair(
    base: KnowledgeBase, diagnostics: Iterable[Diagnostic], contents: Mapping[str, bytes]
) -> Repairs:
    """One round of fixes. `contents` are the bytes of the files as they are.

    Of fixes that touch each other only the first is carried out; the others have another round.
    """
    results = {result.path: result for result in base.results}
    offered: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if diagnostic.fix is not None and diagnostic.path in results:
            offered.setdefault(diagnostic.path, []).append(diagnostic)
    repairs = Repairs()
    for path, found in offered.items():
        chosen = tuple(_compatible(results[path], found, protected_parts(results[path], base)))
        if not chosen:
            continue
        edits = [edit for d in chosen if d.fix for edit in d.fix.edits]
        data = edited(contents[path], results[path].source.data, edits)
        if data is None:
            repairs.refused[path] = "its line ends are mixed up"
        elif data != contents[path]:
            repairs.files[path] = Repair(path, data, chosen)
    return repairs


def protected_parts(result: ReadResult, base: KnowledgeBase) -> tuple[Extent, ...]:
    """The stretches of a file that no fix may touch."""
    record = result.record
    if record is None:
        return ()
    before = base.before.get(record.id)
    if _is_frozen(record) or (before is not None and _is_frozen(before)):
        return ((record.body_start, len(record.source.data) + 1),)
    return (*append_only_parts(record), *verbatim_parts(record))


def _is_frozen(record: Record) -> bool:
    return record.type is not None and record.status in record.type.frozen_statuses


def edited(raw: bytes, data: bytes, edits: Iterable[Edit]) -> bytes | None:
    """The bytes of a file after edits whose offsets are in its text; None where they don't fit it.

    A byte order mark and the line ends stay as they are; new lines end as those around them do.
    """
    mark = _BOM if raw.startswith(_BOM) else b""
    body = raw.removeprefix(_BOM)
    if body.replace(b"\r\n", b"\n") != data:
        return None
    pieces: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        start, end = _in_raw(body, data, edit.start), _in_raw(body, data, edit.end)
        pieces += [body[at:start], _with_line_ends(edit.text.encode(), body, start)]
        at = end
    return b"".join((mark, *pieces, body[at:]))


def _in_raw(body: bytes, data: bytes, offset: int) -> int:
    """The same place in a text whose line ends may be two bytes each."""
    if len(body) == len(data):
        return offset
    at = 0
    for line in body.split(b"\n"):
        ends_in_two = line.endswith(b"\r")
        length = len(line) - ends_in_two
        if offset <= length:
            return at + offset
        offset -= length + 1
        at += len(line) + 1
    return len(body)


def _with_line_ends(text: bytes, body: bytes, place: int) -> bytes:
    """A text with the line ends of the line before a place, else of the one it is in."""
    line_end = body.rfind(b"\n", 0, place)
    if line_end < 0:
        line_end = body.find(b"\n", place)
    is_double = line_end > 0 and body[line_end - 1 : line_end] == b"\r"
    return text.replace(b"\n", b"\r\n") if is_double else text


def _compatible(
    result: ReadResult, diagnostics: Iterable[Diagnostic], protected: tuple[Extent, ...]
) -> Iterator[Diagnostic]:
    """Those whose fixes touch neither each other nor what is protected; a fix is all or nothing."""
    taken = list(protected)
    length = len(result.source.data)
    for diagnostic in diagnostics:
        edits = diagnostic.fix.edits if diagnostic.fix else ()
        extents = [(edit.start, edit.end) for edit in edits]
        if not all(0 <= start <= end <= length for start, end in extents):
            continue
        if not any(_touch(one, other) for one in extents for other in taken):
            yield diagnostic
            taken += extents


def _touch(one: Extent, other: Extent) -> bool:
    """Whether two stretches overlap; text put in at an edge of one belongs to it."""
    if one[0] == one[1] or other[0] == other[1]:
        return one[0] <= other[1] and other[0] <= one[1]
    return one[0] < other[1] and other[0] < one[1]
