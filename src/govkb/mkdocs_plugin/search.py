"""Records in the site's search: Material's own while its index is small, else Pagefind's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugin_logger, get_plugins
from msgspec import Struct

from govkb.errors import ConfigurationError
from govkb.mkdocs_plugin.full_text import FOLDER, is_installed, write_full_text
from govkb.site.addresses import Addresses
from govkb.site.search_entries import SearchEntry

log = get_plugin_logger("govkb")

MATERIAL, PAGEFIND, AUTOMATIC = "material", "pagefind", "auto"
# Every reader's browser fetches Material's index whole, before the first search.
LARGEST = 2_000_000
_ADVICE = "install `govkb[search]` for full texts"
_SEARCH = "material/search"
# Words end at these too, so that one finds what stands in brackets, in a path or before a comma.
# A star inside a word would be taken for any letters, and the search would give up.
_SEPARATOR = r"""[\s\-,;:!?=\[\](){}"'`/#*]+|\.(?!\d)|&(?:lt|gt|amp);"""
# An id without words of its own: INC-20260418-B, ADR-0026, EVO-2026-0418-001.
_BARE_ID = re.compile(r"[A-Za-z]{1,9}(?:[-.](?:\d+|[A-Za-z]{1,2}))+")
# How much a match counts beside one in the text. Material's own thousand for titles buries what was
# learned under every title that shares a word with it. Names are in the field for tags: at twice a
# title, INC-20260418-A comes after titles with many words in A; at ten times, its letter outdoes
# whole titles.
_WEIGHTS = {"title": {"boost": 2.0}, "tags": {"boost": 6.0}}
# A record comes before a handbook page on the same site that has as many of the words.
_RECORDS = 2
# Keeps the last letter of a name apart from words: a mere "a" is common, and left out of the index.
_END = "\u200b"


class SearchSwitch(Struct, frozen=True):
    """Turns Material's search off for a while, unless the user has turned it off for good."""

    plugin: BasePlugin[Any]
    is_wanted: bool

    def turn(self, *, on: bool) -> None:
        """Turns it on again or off."""
        if "enabled" in self.plugin.config:  # MkDocs's own has no such setting
            self.plugin.config["enabled"] = on and self.is_wanted


def require_search(config: MkDocsConfig) -> SearchSwitch:
    """Adds the search plugin where mkdocs.yml has none: naming any drops MkDocs's default."""
    search = _search(config) or _add_search(config)
    _tune(search)
    return SearchSwitch(search, search.config.get("enabled", True))


def _add_search(config: MkDocsConfig) -> BasePlugin[Any]:
    installed = get_plugins()
    own = f"{config.theme.name}/search"
    name = own if own in installed else "search"
    plugin: BasePlugin[Any] = installed[name].load()()
    plugin.load_config({}, config.config_file_path)
    # Registering it here has its own on_config run right after the one that calls this.
    config.plugins[name] = plugin
    return plugin


def _tune(search: BasePlugin[Any]) -> None:
    """Has an id lead to its record, unless the user's own settings say how to search."""
    own = search.config
    if "fields" not in own:  # MkDocs's own search, of which Material's is another
        return
    if own["separator"] is None:
        own["separator"] = _SEPARATOR
    if not own["fields"]:
        own["fields"] = {field: dict(weight) for field, weight in _WEIGHTS.items()}


def add_to_search(entries: Iterable[SearchEntry], engine: str, config: MkDocsConfig) -> None:
    """Adds pages to the search, with their whole texts where the `engine` is to be Pagefind.

    Raises GovkbError where that is asked for and can't be had.
    """
    index = getattr(config.plugins.get(_SEARCH), "search_index", None)
    if index is None:
        return
    entries = list(entries)
    addresses = Addresses(directories=config.use_directory_urls)
    brief = [found for entry in entries for found in _brief(entry, addresses)]
    if engine == MATERIAL or (engine == AUTOMATIC and _size([*index.entries, *brief]) <= LARGEST):
        index.entries += brief
    elif is_installed():
        facets = {addresses.of(entry.uri): entry for entry in entries}
        whole = [found for entry in entries for found in _whole(entry, addresses)]
        language = str(config.theme.get("language", "en"))
        site = Path(config.site_dir)
        write_full_text([*index.entries, *whole], facets, site, language)
        # Material hands this on to the worker, where it says who answers.
        index.entries = [{"location": f"{FOLDER}/", "title": "", "text": ""}]
    elif engine == PAGEFIND:
        message = "mkdocs.yml asks for Pagefind's search, and Pagefind isn't installed"
        raise ConfigurationError(message, _ADVICE)
    else:
        log.info("search: its index would be over 2 MB, so it has only ids and titles: %s", _ADVICE)
        index.entries += [_named(entry, addresses) for entry in entries]


def _size(entries: list[dict[str, Any]]) -> int:
    return len(json.dumps(entries, separators=(",", ":")))


def _brief(entry: SearchEntry, addresses: Addresses) -> Iterator[dict[str, Any]]:
    """A page in the form in which Material's own parser would add it, without its whole text."""
    names = _names(entry)
    for words in entry.words:
        if words.brief is not None:
            found = _entry(words.anchor, words.title or entry.title, words.brief, entry, addresses)
            # Names go where Material keeps tags, which weigh more than titles.
            yield {**found, "tags": names} if names and words.anchor is None else found


def _whole(entry: SearchEntry, addresses: Addresses) -> Iterator[dict[str, Any]]:
    for words in entry.words:
        if words.title or words.text:
            title = words.title or entry.title
            yield _entry(words.anchor, title, words.text, entry, addresses)


def _named(entry: SearchEntry, addresses: Addresses) -> dict[str, Any]:
    found = _entry(None, entry.title, "", entry, addresses)
    names = _names(entry)
    return {**found, "tags": names} if names else found


def _entry(
    anchor: str | None, title: str, text: str, entry: SearchEntry, addresses: Addresses
) -> dict[str, Any]:
    blocks = (f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n"))
    return {
        "location": f"{addresses.of(entry.uri)}{f'#{anchor}' if anchor else ''}",
        "title": escape(title, quote=False),
        "text": "".join(blocks) if text else "",
        "boost": _RECORDS,
    }


def _names(entry: SearchEntry) -> list[str]:
    """The names that weigh more than words.

    An id that is made of words is none of them: they say what the title says, and would come up for
    every word that begins like them.
    """
    own, *others = entry.names or ("",)
    names = [own, *others] if _BARE_ID.fullmatch(own) else others
    return [escape(name, quote=False) + _END for name in names]


def _search(config: MkDocsConfig) -> BasePlugin[Any] | None:
    found = [plugin for name, plugin in config.plugins.items() if name in (_SEARCH, "search")]
    return found[0] if found else None
