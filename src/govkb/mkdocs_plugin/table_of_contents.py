"""A page's contents in the form that MkDocs themes expect."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from mkdocs.structure.toc import AnchorLink, TableOfContents

from govkb.site.markdown_writer import Contents


def table_of_contents(contents: Iterable[Contents]) -> TableOfContents:
    """The entries, each under the nearest one before it with a higher heading."""
    tops: list[AnchorLink] = []
    path: list[AnchorLink] = []
    for entry in contents:
        # Themes print the title as HTML.
        link = AnchorLink(escape(entry.title), entry.anchor, entry.level)
        while path and path[-1].level >= entry.level:
            path.pop()
        (path[-1].children if path else tops).append(link)
        path.append(link)
    return TableOfContents(tops)
