"""What became of the rows of a data file: new ones stand after all that were there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

from govkb.history.rows import Row, Rows, cells_of
from govkb.history.sequences import ChangeKind, differences
from govkb.settings import RowFormat

_Change = tuple[ChangeKind, int | None, int | None]


class RowChangeKind(StrEnum):
    """How a data file was broken."""

    HEADER = "header"
    LOST = "lost"
    CHANGED = "changed"
    MOVED = "moved"
    INSERTED = "inserted"


_KINDS = {
    ChangeKind.EDITED: RowChangeKind.CHANGED,
    ChangeKind.DROPPED: RowChangeKind.LOST,
    ChangeKind.REORDERED: RowChangeKind.MOVED,
    ChangeKind.INSERTED: RowChangeKind.INSERTED,
}


class RowChange(Struct, frozen=True):
    """A row that isn't what or where it was, as it was written then and now.

    `line` is where it was, from 1, None for one that is new. `place` is the line where it is now,
    or where the nearest row before it is that is still there: 0 where there is none.
    """

    kind: RowChangeKind
    old: str | None
    new: str | None
    line: int | None
    place: int


def is_extended(before: str, now: str, form: RowFormat) -> bool:
    """Whether a text is another one with lines added, so that no row can have been lost.

    Where there are quotes in CSV only the rows can tell: an open one would take in what is added.
    """
    ended = before if before.endswith("\n") else f"{before}\n"
    may_take_in_lines = form is RowFormat.CSV and '"' in before
    return now in (before, ended) or (not may_take_in_lines and now.startswith(ended))


def row_changes(before: Rows, now: Rows) -> list[RowChange]:
    """Every row that isn't there in its order, and every new one that stands among those, by place.

    It takes n log n steps for n rows.
    """
    start = _first_difference(before, now)
    if start == len(before.rows):
        return list(_header_changes(before, now))
    old = [before.key(row) for row in before.rows[start:]]
    new = [now.key(row) for row in now.rows[start:]]
    found = list(differences(old, new, _Likeness(old, new)))
    told = _Telling(_Stretch(before, start), _Stretch(now, start), _kept(found, len(old), len(new)))
    changes = sorted(map(told.change, found), key=lambda c: (c.place, c.line or 0))
    return [*_header_changes(before, now), *changes]


def _first_difference(before: Rows, now: Rows) -> int:
    for number, (was, row) in enumerate(zip(before.rows, now.rows, strict=False)):
        if before.text(was) != now.text(row) and before.key(was) != now.key(row):
            return number
    return min(len(before.rows), len(now.rows))


def _header_changes(before: Rows, now: Rows) -> Iterator[RowChange]:
    if before.header is None:
        return
    old = before.text(before.header)
    if now.header is None:
        yield RowChange(RowChangeKind.HEADER, old, None, before.header.line, 0)
    elif before.key(before.header) != now.key(now.header):
        new = now.text(now.header)
        yield RowChange(RowChangeKind.HEADER, old, new, before.header.line, now.header.line)


@dataclass(slots=True)
class _Likeness:
    """How much two rows have in common, by their indexes: from 0 to 1."""

    old: Sequence[str]
    new: Sequence[str]
    _cells: dict[str, frozenset[str]] = field(default_factory=dict)

    def __call__(self, i: int, j: int) -> float:
        was, now = self._of(self.old[i]), self._of(self.new[j])
        return 2 * len(was & now) / max(len(was) + len(now), 1)

    def _of(self, key: str) -> frozenset[str]:
        if key not in self._cells:
            self._cells[key] = cells_of(key)
        return self._cells[key]


def _kept(found: Sequence[_Change], old: int, new: int) -> dict[int, int]:
    """The rows that stayed in their order, by their indexes then and now.

    What is in no change is one of them, then and now alike, or was appended after all of them.
    A changed row is where it was too.
    """
    touched_old = {i for _, i, _ in found}
    touched_new = {j for _, _, j in found}
    then = [i for i in range(old) if i not in touched_old]
    now = [j for j in range(new) if j not in touched_new]
    edited = {i: j for kind, i, j in found if kind is ChangeKind.EDITED}
    return dict(zip(then, now, strict=False)) | {
        i: j for i, j in edited.items() if i is not None and j is not None
    }


class _Stretch(Struct, frozen=True):
    """The rows of a file from the first on that differs, and the line of the row before it."""

    rows: Rows
    start: int

    def row(self, index: int) -> Row:
        return self.rows.rows[self.start + index]

    def text(self, index: int) -> str:
        return self.rows.text(self.row(index))

    @property
    def line_before(self) -> int:
        if self.start:
            return self.rows.rows[self.start - 1].line
        return self.rows.header.line if self.rows.header else 0


class _Telling:
    """Says of changes where they are."""

    def __init__(self, before: _Stretch, now: _Stretch, kept: dict[int, int]) -> None:
        self._before = before
        self._now = now
        self._then = sorted(kept)
        self._kept = kept

    def change(self, found: _Change) -> RowChange:
        """A change with texts and lines."""
        kind, i, j = found
        return RowChange(
            _KINDS[kind],
            self._before.text(i) if i is not None else None,
            self._now.text(j) if j is not None else None,
            self._before.row(i).line if i is not None else None,
            self._now.row(j).line if j is not None else self._nearest(i or 0),
        )

    def _nearest(self, i: int) -> int:
        at = bisect_left(self._then, i)
        if not at:
            return self._now.line_before
        return self._now.row(self._kept[self._then[at - 1]]).line
