"""Records in Material's search."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugins

from govkb.site.addresses import Addresses
from govkb.site.pages import Page

_MATERIAL = "material/search"


def require_search(config: MkDocsConfig) -> None:
    """Adds the search plugin where mkdocs.yml has none: naming any plugin drops MkDocs's default."""
    if _search(config) is not None:
        return
    installed = get_plugins()
    own = f"{config.theme.name}/search"
    name = own if own in installed else "search"
    plugin = installed[name].load()()
    plugin.load_config({}, config.config_file_path)
    # Registering it here has its own on_config run right after the one that calls this.
    config.plugins[name] = plugin


def add_to_index(pages: Iterable[Page], config: MkDocsConfig) -> None:
    """Adds pages to Material's index, in the form in which its own parser would.

    Other themes read the words out of the pages' HTML by themselves.
    """
    index = getattr(config.plugins.get(_MATERIAL), "search_index", None)
    if index is None:
        return
    addresses = Addresses(directories=config.use_directory_urls)
    for page in pages:
        index.entries += _entries(page, addresses.of(page.uri))


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
            }
            entries.append(entry)
    return entries


def _search(config: MkDocsConfig) -> BasePlugin[Any] | None:
    found = [plugin for name, plugin in config.plugins.items() if name in (_MATERIAL, "search")]
    return found[0] if found else None
