"""The full-text search by Pagefind: an index in small pieces, of which a browser fetches a few."""

from __future__ import annotations

import asyncio
import importlib.util
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from typing import Any

from govkb.errors import GovkbError
from govkb.mkdocs_plugin.ordered_index import put_in_order
from govkb.site.search_entries import SearchEntry

FOLDER = "pagefind"
# Interfaces of Pagefind's own, which nobody sees: Material's shows what is found.
_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js", "pagefind-worker.js")
# The search worker asks for names by it.
_PREFIX = "nameis"
_SIGNS = re.compile(r"[\W_]+")


def is_installed() -> bool:
    """Whether Pagefind is there, its program included."""
    if importlib.util.find_spec("pagefind") is None:
        return False
    from pagefind.service import get_executable

    return get_executable() is not None


def write_full_text(
    entries: Iterable[Mapping[str, Any]],
    records: Mapping[str, SearchEntry],
    site: Path,
    language: str,
) -> None:
    """Writes the index of these entries of Material's, `records` by their addresses.

    Pagefind reads them from files of their own: handed over one by one, its Python interface takes
    a tenth of a second for each. Raises GovkbError where Pagefind can't do it.
    """
    with tempfile.TemporaryDirectory(prefix="govkb-") as folder:
        for number, (address, parts) in enumerate(_by_page(entries).items()):
            page = _page(address, parts, records.get(address))
            (Path(folder) / f"{number}.html").write_text(page, "utf-8")
        try:
            # In a thread of its own: whoever builds the site may have an event loop in this one.
            with ThreadPoolExecutor(1) as thread:
                run = _run(Path(folder), site / FOLDER, language)
                thread.submit(asyncio.run, run).result()
            put_in_order(site / FOLDER)
        except Exception as error:
            # It raises plain Exceptions with whatever its program said.
            reason = " ".join(str(error).split())
            raise GovkbError(f"Pagefind can't make the search index: {reason}") from error
    for pattern in _UNUSED:
        for file in (site / FOLDER).glob(pattern):
            file.unlink()


async def _run(source: Path, target: Path, language: str) -> None:
    from pagefind.index import IndexConfig, PagefindIndex

    shutil.rmtree(target, ignore_errors=True)
    config = IndexConfig(output_path=str(target), force_language=language, keep_index_url=False)
    async with PagefindIndex(config=config) as index:
        await index.add_directory(str(source))


def _by_page(entries: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    pages: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        pages.setdefault(entry["location"].partition("#")[0], []).append(entry)
    return pages


def _page(address: str, parts: Iterable[Mapping[str, Any]], record: SearchEntry | None) -> str:
    """A page as Pagefind reads it; titles and texts of entries are HTML already."""
    lines = ["<html><body data-pagefind-body>", _meta("address", address)]
    for part in parts:
        anchor = part["location"].partition("#")[2]
        mark = f'h2 id="{escape(anchor)}"' if anchor else 'h1 data-pagefind-meta="title"'
        lines += [f"<{mark}>{part['title']}</{mark[:2]}>", part["text"]]
    if record is not None:
        for name, value in record.facets:
            filters = f'data-pagefind-filter="{name}[content]" content="{escape(value)}"'
            lines.append(f"<meta {filters}>")
        if record.names:
            # Each name as one word that nothing else has: asked for it, only this record answers.
            words = " ".join(_PREFIX + _SIGNS.sub("", name).lower() for name in record.names)
            lines += [_meta("names", "|".join(record.names))]
            lines += [f'<p data-pagefind-weight="10">{escape(words)}</p>']
    return "\n".join([*lines, "</body></html>"])


def _meta(name: str, value: str) -> str:
    return f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'
