"""Links between Markdown files, as every generator and every forge follows them."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from govkb.site.addresses import Addresses


class FileAddresses(Addresses, frozen=True):
    """Addresses by which a page is the file that it is made from."""

    def of(self, uri: str) -> str:
        """The path of the file."""
        return quote(uri)

    def between(self, here: str, there: str, anchor: str | None = None) -> str:
        """The relative path from one file to another, or to an anchor in it."""
        fragment = f"#{quote(anchor)}" if anchor else ""
        if here == there and anchor:
            return fragment
        return quote(posixpath.relpath(there, posixpath.dirname(here) or ".")) + fragment
