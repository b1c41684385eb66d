"""A page's contents in the form that MkDocs themes expect."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from mkdocs.structure.toc import AnchorLink, TableOfContents

from govkb.site.inert import inert
from govkb.site.markdown_writer import Contents
from govkb.site.shell import Nested, nested


def table_of_contents(contents: Iterable[Contents]) -> TableOfContents:
    """The entries, each under the nearest one before it with a higher heading."""
    return TableOfContents([_link(entry) for entry in nested(contents)])


def _link(entry: Nested) -> AnchorLink:
    found = entry.contents
    # Themes print the title as HTML.
    link = AnchorLink(escape(inert(found.title)), found.anchor, found.level)
    link.children = [_link(child) for child in entry.children]
    return link
