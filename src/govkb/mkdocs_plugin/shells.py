"""Makes shells of the theme's own templates, for pages that never enter MkDocs's page loop."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from govkb.mkdocs_plugin.policies import Policies
from govkb.mkdocs_plugin.publication_dates import without_update_date
from govkb.mkdocs_plugin.table_of_contents import table_of_contents
from govkb.site.inert import inert
from govkb.site.markdown_writer import Contents
from govkb.site.page import Page
from govkb.site.policy import Sources
from govkb.site.shell import ContentsForm, Shell, ShellKey, Slotted, key_of

log = logging.getLogger("mkdocs.plugins.govkb")

_MARK = "GOVKB-SLOT-"
_SAMPLE = "'Q' & \"R\" <b>  {{ s }}"
_BODY = f"<h1>{_MARK}HTML</h1>"
_ADDRESS = f"{_MARK}ADDRESS"
# The quote shows what became of a text: escaped again it is written in another way.
_QUOTED = f"&#x27;{_MARK}"
_AS_ATTRIBUTE = f"&#39;{_MARK}"
_SLOTS = {
    _BODY: "html",
    _ADDRESS: "address",
    f"{_QUOTED}TITLE": "title",
    f"{_QUOTED}DESCRIPTION": "description",
    f"{_MARK}LEAF": "first",
}


class _UnfitError(Exception):
    """The theme does something with a text that no slot can stand for."""


@dataclass(slots=True)
class Shells:
    """The theme of one site, as soon as MkDocs has read every page that it knows of."""

    # A Jinja environment.
    env: Any
    config: MkDocsConfig
    nav: Navigation
    files: Files
    policies: Policies
    # What the theme makes of a page where no shell fits.
    samples: list[bytes] = field(default_factory=list)
    _made: dict[ShellKey, Shell | None] = field(default_factory=dict)
    _documents: list[File] | None = None
    _asked: dict[str, Sources] = field(default_factory=dict)

    def shell_for(self, key: ShellKey) -> Shell | None:
        """The shell of the pages of a folder with or without contents and description.

        None where the theme's templates have to be filled for each: where one of the user's own
        asks more of a page than a shell has slots for. A page with something of everything is made
        both ways and compared.
        """
        if key not in self._made:
            self._made[key] = self._checked(*key)
        return self._made[key]

    def own_templates(self) -> Iterator[bytes]:
        """The user's own templates, which may do with a page what they like."""
        folder = self.config.theme.custom_dir
        if folder is not None:
            for file in sorted(f for f in Path(folder).rglob("*") if f.is_file()):
                yield file.read_bytes()

    def rendered(self, page: Page) -> str:
        """A whole page, made by the theme's templates themselves."""
        title, description = escape(inert(page.title)), escape(page.description or "")
        shown = self._mkdocs_page(page.uri, title, description)
        return self._render(shown, page.html, table_of_contents(page.contents))

    def _checked(self, folder: str, *kind: bool) -> Shell | None:
        sample = _sample(folder, *kind)
        try:
            shell = self._shell(folder, sample)
        except _UnfitError:
            shell = None
        rendered = self.rendered(sample)
        if shell is not None and shell.fill(sample) == rendered:
            return shell
        self.samples.append(rendered.encode())
        log.info("The theme's templates are filled for every record: they ask for more than slots")
        return None

    def _shell(self, folder: str, page: Page) -> Shell:
        _, has_contents, has_description = key_of(page)
        description = f"{_QUOTED}DESCRIPTION" if has_description else ""
        shown = self._mkdocs_page(f"{folder}/{_ADDRESS}.md", f"{_QUOTED}TITLE", description)
        if not has_contents:
            return Shell(_slotted(self._render(shown, _BODY, TableOfContents([])), _SLOTS), None)
        leaf, branch = _leaf("LEAF"), _leaf("BRANCH")
        branch.children = [_leaf("ONE", 3), _leaf("TWO", 3)]
        text = self._render(shown, _BODY, TableOfContents([leaf, branch]))
        leaf_text, branch_text, one, two = (
            self._item(shown, item) for item in (leaf, branch, *branch.children)
        )
        between = _between(leaf_text, branch_text, text)
        written = f"{leaf_text}{between}{branch_text}"
        children = f"{one}{_between(one, two, branch_text)}{two}"
        form = ContentsForm(
            _slotted(leaf_text, _names_of("LEAF")),
            _slotted(branch_text, {**_names_of("BRANCH"), children: "children"}),
            between,
            _between(one, two, branch_text),
        )
        return Shell(_slotted(text, {**_SLOTS, written: "contents"}), form)

    def _item(self, shown: MkDocsPage, item: AnchorLink) -> str:
        template = self.env.get_template("partials/toc-item.html")
        return str(template.render({**self._context(shown), "toc_item": item}))

    def _mkdocs_page(self, uri: str, title: str, description: str) -> MkDocsPage:
        """A page as MkDocs has it when it comes to the theme; the texts are escaped already."""
        file = File.generated(self.config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        page = MkDocsPage(None, file, self.config)
        page.meta = meta_of(title, description)
        page.markdown = ""
        return without_update_date(page)

    def asked_at(self, uri: str) -> Sources:
        """What the theme's part of the page at a uri asks for, whatever the page itself says."""
        folder, name = posixpath.split(uri)
        place = uri if name == "index.md" else posixpath.join(folder, f"{_ADDRESS}.md")
        if place not in self._asked:
            shown = self._mkdocs_page(place, f"{_QUOTED}TITLE", f"{_QUOTED}DESCRIPTION")
            text = self._filled(shown, _BODY, TableOfContents([_leaf("LEAF")]))
            self._asked[place] = self.policies.for_theme(text, _MARK)
        return self._asked[place]

    def _render(self, page: MkDocsPage, html: str, contents: TableOfContents) -> str:
        asked = self.asked_at(page.file.src_uri)
        return self.policies.on(self._filled(page, html, contents), asked)

    def _filled(self, page: MkDocsPage, html: str, contents: TableOfContents) -> str:
        page.content, page.toc = html, contents
        if not list(contents):
            page.meta["hide"] = ["toc"]
        return str(self.env.get_template("main.html").render(self._context(page)))

    def _context(self, page: MkDocsPage) -> dict[str, Any]:
        if self._documents is None:
            self._documents = list(self.files.documentation_pages())
        return dict(get_context(self.nav, self._documents, self.config, page))


def meta_of(title: str, description: str) -> dict[str, Any]:
    """What the theme is told of a page; the texts are escaped already."""
    meta: dict[str, Any] = {"title": title, "search": {"exclude": True}}
    if description:
        meta["description"] = description
    return meta


def _sample(folder: str, has_contents: bool, has_description: bool) -> Page:
    """A page with something of everything that pages may have."""
    levels = (2, 3, 4, 4, 3, 2, 2, 4) if has_contents else ()
    contents = tuple(Contents(f"{_SAMPLE} {n}", f"part-{n}", lv) for n, lv in enumerate(levels))
    description = f"Says {_SAMPLE}" if has_description else None
    html = f"<h1>{escape(_SAMPLE)}</h1>\n<p>Text.</p>"
    return Page(f"{folder}/sample.md", _SAMPLE, html, contents, (), description, None)


def _leaf(name: str, level: int = 2) -> AnchorLink:
    return AnchorLink(f"{_QUOTED}{name}-TITLE", f"{_MARK}{name}", level)


def _names_of(name: str) -> dict[str, str]:
    return {
        f"{_QUOTED}{name}-TITLE": "title",
        f"{_AS_ATTRIBUTE}{name}-TITLE": "label",
        f"#{_MARK}{name}": "anchor",
    }


def _between(first: str, second: str, text: str) -> str:
    """What stands between two texts that follow each other in a third."""
    start = text.find(first)
    end = text.find(second, start + len(first)) if start >= 0 else -1
    if end < 0:
        raise _UnfitError
    return text[start + len(first) : end]


def _slotted(text: str, tokens: dict[str, str]) -> Slotted:
    """The text with slots; those of longer tokens come first, for they hold shorter ones.

    Raises _UnfitError where something is left of a token.
    """
    found = Slotted.of(text, tokens)
    if any(_MARK in part for part in _texts(found)):
        raise _UnfitError
    return found


def _texts(slotted: Slotted) -> Iterable[str]:
    return (*(text for text, _ in slotted.parts), slotted.end)
