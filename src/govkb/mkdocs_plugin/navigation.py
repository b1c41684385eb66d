"""The navigation: the pages that govkb makes, and the user's own."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.utils import nest_paths

from govkb.site.page import Page

# Where govkb's home page is when the first place is taken by one of the user's own.
SECOND_HOME = "records/index.md"
_TOP = "index.html"
_SECTION = "Knowledge base"


def navigation(pages: Iterable[Page], own: list[File], config: MkDocsConfig) -> list[Any]:
    """A value for MkDocs's `nav`, in which every page of govkb's that belongs there stands once.

    A `nav` in mkdocs.yml that names some of them stays as it is, and the others follow in a section
    of their own; any other comes after them. Without one the user's own pages stand under
    "Documentation", apart from their home page.
    """
    shown = [page for page in pages if page.nav is not None]
    if config.nav is None:
        set_exclusions(own, config)
        documents = [file for file in own if file.inclusion.is_in_nav()]
        home = [file.src_uri for file in documents if is_home(file)]
        return [*home, *_by_section(shown), *_documentation(documents)]
    given = list(config.nav)
    named = set(named_in(given))
    missing = [page for page in shown if page.uri not in named]
    if len(missing) == len(shown):
        return [*_by_section(shown), *given]
    return [*given, {_SECTION: _by_section(missing)}] if missing else given


def own_pages(files: Files, config: MkDocsConfig) -> list[File]:
    """The user's own pages; one that mkdocs.yml excludes is in nobody's way."""
    set_exclusions(files, config)
    return [f for f in files if f.is_documentation_page() and f.inclusion.is_included()]


def is_home(file: File) -> bool:
    """Whether a page is the first of its site; a README.md can be that too."""
    return file.dest_uri == _TOP


def _by_section(pages: Iterable[Page]) -> list[Any]:
    """The pages, those of a section together; one that would be alone in it stands by itself."""
    sections: dict[str, list[Page]] = {}
    for page in pages:
        # A page without a section is one of its own: no section is called like an address.
        sections.setdefault(page.section or page.uri, []).append(page)
    made = {name: [{_title(p): p.uri} for p in found] for name, found in sections.items()}
    return [found[0] if len(found) == 1 else {name: found} for name, found in made.items()]


def _title(page: Page) -> str:
    return _SECTION if page.uri == SECOND_HOME else escape(page.nav or "")


def _documentation(documents: Iterable[File]) -> list[Any]:
    uris = [file.src_uri for file in documents if not is_home(file)]
    return [{"Documentation": nest_paths(uris)}] if uris else []


def named_in(nav: Any) -> Iterator[str]:
    """The uris that a `nav` names."""
    if isinstance(nav, str):
        yield posixpath.normpath(nav)
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from named_in(value)
    elif isinstance(nav, list):
        for item in nav:
            yield from named_in(item)
