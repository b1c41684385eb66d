"""Where the source of a record can be edited and read: on the forge that mkdocs.yml names."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct

# What Material replaces in an edit address to get that of the plain file.
_EDITED = re.compile(r"(\A|/)(?:edit|blob)/")


class SourceLinks(Struct, frozen=True):
    """What mkdocs.yml says of the repository, under the names it has there.

    `docs` is the docs folder as seen from the project: `edit_uri` leads there, and records are
    reached from it. Without any of them a record has no links, only its path.
    """

    repo_url: str = ""
    edit_uri: str = ""
    edit_uri_template: str = ""
    docs: str = "docs"

    def edit(self, path: str) -> str | None:
        """Where a file of the project can be edited; None where nothing says it."""
        return self._address(self.edit_uri, self.edit_uri_template, path)

    def raw(self, path: str) -> str | None:
        """Where the plain file can be read; None where the edit address doesn't tell."""
        plain = _EDITED.subn(r"\1raw/", self.edit_uri_template or self.edit_uri, count=1)
        if not plain[1]:
            return None
        given = ("", plain[0]) if self.edit_uri_template else (plain[0], "")
        return self._address(*given, path)

    def _address(self, uri: str, template: str, path: str) -> str | None:
        below = posixpath.relpath(path, self.docs)
        if template:
            return self._joined(_filled(template, below))
        return self._joined(uri + quote(below)) if uri else None

    def _joined(self, place: str) -> str | None:
        """The address without steps back, or None where it is none of the web."""
        needs_slash = not place.startswith(("?", "#")) and not self.repo_url.endswith("/")
        base = f"{self.repo_url}/" if self.repo_url and needs_slash else self.repo_url
        try:
            address = urlsplit(urljoin(base, place))
        except ValueError:
            return None
        if address.scheme not in ("http", "https") or not address.netloc:
            return None
        return address._replace(path=posixpath.normpath(address.path)).geturl()


def _filled(template: str, path: str) -> str:
    without_suffix = posixpath.splitext(path)[0]
    for name, value in (("path", path), ("path_noext", without_suffix)):
        template = template.replace(f"{{{name}}}", quote(value))
        template = template.replace(f"{{{name}!q}}", quote(value, safe=""))
    return template
