"""The text of one file and its parsed body, kept for as long as somebody needs them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from govkb.reading.body import Body, read_body
from govkb.reading.noting import note
from govkb.source import SourceText

if TYPE_CHECKING:
    from govkb.reading.items import Item

Reread = Callable[[], SourceText]


class FileText:
    """A file's text. With `reread` it can be let go of, and is read again when it is asked for.

    `digest` is that of its content, where somebody has found it already; `items` what its type
    gives a meaning, by kind, and `kept_items` the same as it was written down, which stays.
    Checking ten thousand records must not hold ten thousand bodies; of most it needs none again.
    """

    __slots__ = (
        "_body",
        "_digest",
        "_reread",
        "_source",
        "body_start",
        "items",
        "kept_items",
        "path",
    )

    def __init__(
        self,
        path: str,
        source: SourceText | None = None,
        reread: Reread | None = None,
        body_start: int = 0,
        digest: bytes = b"",
    ) -> None:
        self.path = path
        self.body_start = body_start
        self._source = source
        self._reread = reread
        self._body: Body | None = None
        self._digest = digest
        self.items: dict[str, list[Item]] | None = None
        self.kept_items = b""

    @property
    def digest(self) -> bytes:
        """What stands for the content of the file: its SHA-256 digest."""
        if not self._digest:
            self._digest = hashlib.sha256(self.source.data).digest()
        return self._digest

    @digest.setter
    def digest(self, digest: bytes) -> None:
        self._digest = digest

    @property
    def source(self) -> SourceText:
        """The text; an empty one where the file is gone by now.

        That it is read again is noted, under the path of the file.
        """
        if self._source is None:
            note(self.path)
            self._source = self._reread() if self._reread else SourceText(self.path, b"")
        return self._source

    @property
    def body(self) -> Body:
        """The structure of its Markdown."""
        if self._body is None:
            self._body = read_body(self.source.data, self.body_start)
        return self._body

    def release(self) -> None:
        """Forgets what can be read again."""
        if self._reread is not None:
            self._source = None
            self._body = None
            self.items = None
