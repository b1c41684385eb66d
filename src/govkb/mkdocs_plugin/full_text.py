"""The full-text search by Pagefind: an index in small pieces, of which a browser fetches a few."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from govkb.errors import GovkbError
from govkb.history.programs import run_program
from govkb.mkdocs_plugin.ordered_index import ENTRY, put_in_order
from govkb.reporting.escaping import visible
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

    Pagefind is run as a program that reads them from files of their own. Its Python interface takes
    a tenth of a second for each, and ends it before all files of the index are written (issue 1271
    of Pagefind: some are empty then). Raises GovkbError where Pagefind can't do it.
    """
    with tempfile.TemporaryDirectory(prefix="govkb-") as folder:
        for number, (address, parts) in enumerate(_by_page(entries).items()):
            page = _page(address, parts, records.get(address))
            (Path(folder) / f"{number}.html").write_text(page, "utf-8")
        _run(Path(folder), site / FOLDER, language)
        put_in_order(site / FOLDER)
    for pattern in _UNUSED:
        for file in (site / FOLDER).glob(pattern):
            file.unlink()


def _run(source: Path, target: Path, language: str) -> None:
    from pagefind.service import get_executable

    shutil.rmtree(target, ignore_errors=True)
    command = [f"--site={source}", f"--output-path={target}", f"--force-language={language}"]
    # In a folder and an environment where it finds no settings but these.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    done = run_program([str(get_executable()), "--silent", *command], b"", bare, source)
    if done is None or done.returncode or not (target / ENTRY).is_file():
        said = (done.stderr or done.stdout).decode("utf-8", "replace") if done else ""
        reason = " ".join(said.split()) or "it ends without a word"
        raise GovkbError(f"Pagefind can't make the search index: {visible(reason[:300])}")


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
        for name, value in record.facets():
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
