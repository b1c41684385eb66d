"""The sitemap, which MkDocs makes of the pages that it knows."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from govkb.mkdocs_plugin.publication_dates import UNKNOWN

_END = "</urlset>"
_ENTRY = "    <url>\n         <loc>{}</loc>\n    </url>\n"


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
