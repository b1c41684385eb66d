"""Where each page is, and how pages link to one another."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import quote, unquote

from msgspec import Struct

from govkb.reading import Record
from govkb.record_types import RecordType

_SAFE_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9_-])?", re.ASCII)
_INDEX_NAMES = ("index", "readme")
_WITHOUT_TYPE = "untyped"


def type_folder(record_type: RecordType | None) -> str:
    """The folder of the site that a type's pages are in."""
    if record_type is None:
        return _WITHOUT_TYPE
    return record_type.site_folder


def type_uri(record_type: RecordType) -> str:
    """The uri of a type's index page."""
    return f"{type_folder(record_type)}/index.md"


def record_uri(record: Record) -> str | None:
    """The uri of a record's page: its type's folder and its id, so that it survives every rename.

    None where the id could not safely be a file name; such a record has errors anyway.
    """
    return f"{type_folder(record.type)}/{record.id}.md" if is_safe_name(record.id) else None


def is_safe_name(name: str) -> bool:
    """Whether an id or an alias can be the name of a file, and so a part of an address."""
    return _SAFE_ID.fullmatch(name) is not None and name.lower() not in _INDEX_NAMES


def short_address(record: Record) -> str | None:
    """The address of a record below the site that survives every rename; None without a page."""
    return f"r/{record.id}/" if record_uri(record) is not None else None


class Addresses(Struct, frozen=True):
    """The addresses of pages, which are named by their uris (`incidents/INC-1.md`).

    With `directories` a page is a folder with an index.html, as MkDocs does by default. With a
    `root` links don't depend on the page that they stand on: they begin with it, the address of
    the site; where that is not known it is empty, and they hold from the top of the site.
    """

    directories: bool = True
    home: str = "index.md"
    root: str | None = None

    def of(self, uri: str) -> str:
        """The address of a page below the root of the site; empty for the root itself."""
        return _address(uri, directories=self.directories)

    def file(self, uri: str) -> str:
        """The file of a page below the folder of the site."""
        address = unquote(self.of(uri))
        return f"{address}index.html" if self.directories else address

    def between(self, here: str, there: str, anchor: str | None = None) -> str:
        """The link from one page to another, or to an anchor on it."""
        fragment = f"#{quote(anchor)}" if anchor else ""
        if self.root is not None:
            return f"{self.root}{self.of(there)}{fragment}" or "./"
        if here == there and anchor:
            return fragment
        page, target = self.of(here), self.of(there)
        folder = page.rpartition("/")[0]
        above, _, last = folder.rpartition("/")
        is_below = target.startswith(f"{folder}/")
        if not self.directories or not last or is_below or page.startswith(target):
            return f"{_relative(folder, target, slash=self.directories)}{fragment}"
        # All pages of a folder lead to those of another in the same way.
        beside, _, name = target[:-1].rpartition("/")
        return f"../{_relative(above, beside, slash=True).removeprefix('./')}{name}/{fragment}"

    def below(self, here: str, path: str) -> str:
        """The link from a page to a file or folder of the site that is no page."""
        folder = posixpath.dirname(self.of(here))
        return _relative(folder, path, slash=path.endswith("/"))


@lru_cache(maxsize=65_536)
def _address(uri: str, *, directories: bool) -> str:
    folder, _, name = uri.rpartition("/")
    stem = name.removesuffix(".md")
    if not directories:
        return quote(posixpath.join(folder, f"{stem}.html"))
    path = folder if stem == "index" else posixpath.join(folder, stem)
    return quote(f"{path}/") if path else ""


@lru_cache(maxsize=65_536)
def _relative(folder: str, target: str, *, slash: bool) -> str:
    return f"{posixpath.relpath(target or '.', folder or '.')}{'/' if slash else ''}"
