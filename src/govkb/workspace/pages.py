"""Files among the records that are none: READMEs without frontmatter."""

from __future__ import annotations

from collections.abc import Callable

from govkb.reading import ReadResult
from govkb.reading.file_text import FileText
from govkb.reading.reader import decode
from govkb.reading.suppressions import suppressions_of
from govkb.source import SourceText


def is_plain_readme(path: str, data: bytes) -> bool:
    """Whether it is a README without frontmatter: a page about the folder, and no record."""
    name = path.rpartition("/")[2]
    return name.lower() == "readme.md" and not data.removeprefix(b"\xef\xbb\xbf").startswith(b"---")


def may_list_statuses(data: bytes) -> bool:
    """Whether there can be a table of statuses in it."""
    return b"|" in data and b"status" in data.lower()


def page_of(path: str, place: str, data: bytes, reread: Callable[[], SourceText]) -> ReadResult:
    """A file that is no record; its text is read again where it matters."""
    source, _ = decode(path, data)
    suppressions = suppressions_of(source, 0, 0, 0) if source else ()
    return ReadResult(FileText(path, None, reread), place, None, suppressions=suppressions)
