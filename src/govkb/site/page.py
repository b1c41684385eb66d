"""A finished page, as whatever publishes it takes it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from govkb.site.markdown_writer import Contents, Words


class Page(Struct, frozen=True):
    """A finished page. `nav` is its title in the navigation, None for pages that aren't in it.

    `uri` names the page as MkDocs would: `incidents/INC-20260418-B.md`. `title` and `description`
    are plain text that a stranger may have written; `html` is safe. A wide page wants the room of
    the navigation and the table of contents too. `looked_up` are the names that its text says, each
    with the id of the record that it is from. `files` are published with the page, by their place.
    `section` is the part of the navigation that it stands in, None where it stands by itself.
    """

    uri: str
    title: str
    html: str
    contents: tuple[Contents, ...]
    words: tuple[Words, ...]
    description: str | None
    nav: str | None
    is_wide: bool = False
    looked_up: frozenset[tuple[str, str]] = frozenset()
    files: Mapping[str, bytes] = {}
    section: str | None = None
