"""The shell: a page of the theme with slots, filled as a string.

The theme renders the page around a record once for every folder, with unique tokens where one page
differs from the next. Filling the slots costs a hundredth of rendering the page again.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import quote

from markupsafe import Markup
from markupsafe import escape as escape_attribute
from msgspec import Struct

from govkb.site.inert import inert
from govkb.site.markdown_writer import Contents
from govkb.site.page import Page

# The folder of a page, and whether it has contents and a description.
ShellKey = tuple[str, bool, bool]


class Slotted(Struct, frozen=True):
    """A text with slots: what stands before each with its name, and what follows the last."""

    parts: tuple[tuple[str, str], ...]
    end: str

    @classmethod
    def of(cls, text: str, tokens: Mapping[str, str]) -> Slotted:
        """The text, in which every token is a slot of the name that it has in `tokens`."""
        # Of tokens that hold one another the longest counts.
        ordered = sorted(tokens, key=len, reverse=True)
        pieces = re.split("|".join(f"({re.escape(token)})" for token in ordered), text)
        kept = [piece for piece in pieces if piece is not None]
        parts = tuple(
            (part, tokens[token]) for part, token in zip(kept[:-1:2], kept[1::2], strict=True)
        )
        return cls(parts, kept[-1])

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with a value in each slot."""
        pieces = [piece for text, name in self.parts for piece in (text, values[name])]
        return "".join([*pieces, self.end])


class ContentsForm(Struct, frozen=True):
    """How the theme writes a table of contents.

    A leaf has the slots `anchor` and `title`, a branch also `label`, the title as an attribute, and
    `children`. Between two entries stands `between`, or `inside` below another entry.
    """

    leaf: Slotted
    branch: Slotted
    between: str
    inside: str

    def write(self, contents: Iterable[Contents]) -> str:
        """The entries, each under the nearest one before it with a higher heading."""
        return self.between.join(map(self._entry, nested(contents)))

    def _entry(self, entry: Nested) -> str:
        title = escape(inert(entry.contents.title))
        values = {"anchor": f"#{entry.contents.anchor}", "title": title}
        if not entry.children:
            return self.leaf.fill(values)
        values["label"] = str(escape_attribute(Markup(title).striptags()))
        values["children"] = self.inside.join(map(self._entry, entry.children))
        return self.branch.fill(values)


class Nested(Struct, frozen=True):
    """An entry of a table of contents with those below it."""

    contents: Contents
    children: list[Nested]


def nested(contents: Iterable[Contents]) -> list[Nested]:
    """The entries, each under the nearest one before it with a higher heading."""
    tops: list[Nested] = []
    path: list[Nested] = []
    for entry in contents:
        found = Nested(entry, [])
        while path and path[-1].contents.level >= entry.level:
            path.pop()
        (path[-1].children if path else tops).append(found)
        path.append(found)
    return tops


class Shell(Struct, frozen=True):
    """What the theme puts around the pages of one folder.

    Slots: `address`, the page's own below its folder; `title` and `description`, escaped;
    `contents`, the table of contents; `first`, the anchor of its first entry; `html`.
    """

    page: Slotted
    contents: ContentsForm | None

    def fill(self, page: Page) -> str:
        """The whole page."""
        values = {
            "address": quote(posixpath.basename(page.uri).removesuffix(".md")),
            "title": escape(inert(page.title)),
            "description": escape(page.description or ""),
            "html": page.html,
        }
        if page.contents:
            values["first"] = page.contents[0].anchor
        if self.contents is not None:
            values["contents"] = self.contents.write(page.contents)
        return self.page.fill(values)


def key_of(page: Page) -> ShellKey:
    """The shell that a page needs."""
    return posixpath.dirname(page.uri), bool(page.contents), bool(page.description)
