"""The sitemap, which MkDocs makes of the pages that it knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape

from govkb.mkdocs_plugin.publication_dates import UNKNOWN

# The most addresses that one file may have: sitemaps.org has the protocol.
MOST = 50_000
_END = "</urlset>"
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_URL = re.compile(r"<url>.*?</url>", re.DOTALL)


def without_invented_dates(sitemap: str) -> str:
    """The sitemap without unknown days, which search engines would believe."""
    return sitemap.replace(f"<lastmod>{UNKNOWN}</lastmod>", "")


def with_places(sitemap: str, places: Iterable[str]) -> str:
    """The sitemap with more addresses at its end."""
    if _END not in sitemap:
        return sitemap
    more = "".join(
        f"    <url>\n         <loc>{escape(place)}</loc>\n    </url>\n" for place in places
    )
    return sitemap.replace(_END, f"{more}{_END}")


def in_parts(sitemap: str, root: str) -> tuple[str, Mapping[str, bytes]]:
    """The sitemap as it is to be published below `root`, and the files that it names, if any.

    One with more addresses than a file may have becomes an index of several.
    """
    found = _URL.findall(sitemap)
    if len(found) <= MOST:
        return sitemap, {}
    parts = {
        f"sitemap-{number}.xml": _urls(found[start : start + MOST])
        for number, start in enumerate(range(0, len(found), MOST), 1)
    }
    named = "".join(f"<sitemap><loc>{escape(root + name)}</loc></sitemap>\n" for name in parts)
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{named}</sitemapindex>\n", parts


def _urls(found: list[str]) -> bytes:
    return "\n".join([f"{_HEAD}<urlset {_SPACE}>", *found, f"{_END}\n"]).encode()
