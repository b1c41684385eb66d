"""Records in Material's search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugins

from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.site.addresses import Addresses, record_uri
from govkb.site.page import Page

_MATERIAL = "material/search"
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


def require_search(config: MkDocsConfig) -> None:
    """Adds the search plugin where mkdocs.yml has none: naming any drops MkDocs's default."""
    _tune(_search(config) or _add_search(config))


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


def names_by_uri(base: KnowledgeBase) -> dict[str, list[str]]:
    """The names by which a record is asked for, by the uri of its page.

    An id that is made of words has none of its own: they say what the title says, and would come
    up for every word that begins like them.
    """
    return {record_uri(record) or "": _names(record) for record in base.records}


def add_to_index(
    pages: Iterable[Page], names: Mapping[str, list[str]], config: MkDocsConfig
) -> None:
    """Adds pages to Material's index, in the form in which its own parser would.

    Names go where Material keeps tags, which weigh more than titles.
    """
    index = getattr(config.plugins.get(_MATERIAL), "search_index", None)
    if index is None:
        return
    addresses = Addresses(directories=config.use_directory_urls)
    for page in pages:
        entries = _entries(page, addresses.of(page.uri))
        if entries and names.get(page.uri):
            entries[0]["tags"] = [escape(name, quote=False) + _END for name in names[page.uri]]
        index.entries += entries


def _names(record: Record) -> list[str]:
    aliases = record.metadata.get("aliases")
    given = aliases if isinstance(aliases, list) else []
    names = [record.id] if _BARE_ID.fullmatch(record.id) else []
    return [*names, *(alias for alias in given if isinstance(alias, str))]


def _entries(page: Page, address: str) -> list[dict[str, Any]]:
    entries = []
    for words in page.words:
        if words.title or words.text:
            anchor = f"#{words.anchor}" if words.anchor else ""
            blocks = (f"<p>{escape(line, quote=False)}</p>" for line in words.text.split("\n"))
            entry: dict[str, Any] = {
                "location": f"{address}{anchor}",
                "title": escape(words.title or page.title, quote=False),
                "text": "".join(blocks) if words.text else "",
                "boost": _RECORDS,
            }
            entries.append(entry)
    return entries


def _search(config: MkDocsConfig) -> BasePlugin[Any] | None:
    found = [plugin for name, plugin in config.plugins.items() if name in (_MATERIAL, "search")]
    return found[0] if found else None
