"""The navigation: the pages that govkb makes, then the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, set_exclusions
from mkdocs.utils import nest_paths

from govkb.site.pages import Page

_OWN_HOME = "index.md"
_TITLE_BESIDE_OWN_HOME = "Knowledge base"


def navigation(pages: Iterable[Page], own: list[File], config: MkDocsConfig) -> list[Any]:
    """A value for MkDocs's `nav`.

    A `nav` in mkdocs.yml that names one of govkb's pages is left as it is; any other comes after
    them. Without one the user's own pages stand under "Documentation", apart from their home page.
    """
    made = [(escape(page.nav), page.uri) for page in pages if page.nav is not None]
    uris = {uri for _, uri in made}
    if config.nav is not None:
        given = list(config.nav)
        if uris & set(_named_in(given)):
            return given
        return [*({title: uri} for title, uri in made), *given]
    set_exclusions(own, config)
    documents = [file.src_uri for file in own if file.inclusion.is_in_nav()]
    return [*_entries(made, has_own_home=_OWN_HOME in documents), *_documentation(documents)]


def _entries(made: list[tuple[str, str]], *, has_own_home: bool) -> Iterator[Any]:
    if not has_own_home:
        yield from ({title: uri} for title, uri in made)
        return
    yield _OWN_HOME
    for number, (title, uri) in enumerate(made):
        yield {title if number else _TITLE_BESIDE_OWN_HOME: uri}


def _documentation(documents: list[str]) -> list[Any]:
    documents = [uri for uri in documents if uri != _OWN_HOME]
    return [{"Documentation": nest_paths(documents)}] if documents else []


def _named_in(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from _named_in(value)
    elif isinstance(nav, list):
        for item in nav:
            yield from _named_in(item)
