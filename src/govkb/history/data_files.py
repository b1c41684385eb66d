"""Files of rows that are only ever added to, then and now."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from govkb.history.row_changes import RowChange, is_extended, row_changes
from govkb.history.rows import Rows, read_rows, text_of
from govkb.settings import RowFormat


class DataFile(Struct, frozen=True):
    """A data file by its path.

    `now` are its bytes, None where there is no such file; `unreadable` says why they can't be had.
    `before` are its bytes in the base, None where it wasn't there or nobody demanded anything of
    it. `format` is what the settings say, None where they don't name the file any more;
    `format_before` is what those of the base say.
    """

    path: str
    format: RowFormat | None
    now: bytes | None
    unreadable: str | None = None
    format_before: RowFormat | None = None
    before: bytes | None = None

    def rows(self) -> Rows | None:
        """What it holds now; None where there is nothing to be read as the settings say."""
        if self.now is None or self.format is None:
            return None
        return self._read(text_of(self.now), self.format)

    def changes(self) -> list[RowChange]:
        """What became of the rows of the base. Both are read as the base's settings say.

        Nothing is said of a file that can't be read.
        """
        if self.before is None or self.format_before is None or self.unreadable is not None:
            return []
        return self._changes_to(self.now or b"", self.format_before, self.before)

    def has_moved(self, others: Iterable[DataFile]) -> bool:
        """Whether the file is gone and a new one has all its rows, in their order and unchanged."""
        if self.now is not None or self.before is None or self.format_before is None:
            return False
        return any(
            other.format is self.format_before
            and other.now is not None
            and other.before is None
            and not self._changes_to(other.now, self.format_before, self.before)
            for other in others
        )

    def _changes_to(self, now: bytes, form: RowFormat, before: bytes) -> list[RowChange]:
        was, is_now = text_of(before), text_of(now)
        if is_extended(was, is_now, form):
            return []
        return row_changes(self._read(was, form), self._read(is_now, form))

    def _read(self, text: str, form: RowFormat) -> Rows:
        return read_rows(text, form, tabs=self.path.lower().endswith(".tsv"))
