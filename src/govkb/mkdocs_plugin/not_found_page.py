"""Puts words that help into the page with which the theme answers unknown addresses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

# All that Material's own page 404.html says. A user's own page says something else, and stays.
_THEMES = re.compile(r"<h1>404 - Not found</h1>")


def with_help(output: str, html: str) -> str:
    """The page with this in the place of what the theme says."""
    return _THEMES.sub(lambda _: html, output, count=1)


def root_of(config: MkDocsConfig) -> str:
    """The address of the site on its server; MkDocs takes the same for the links of this page."""
    path = urlsplit(config.site_url or "/").path
    return path if path.endswith("/") else f"{path}/"
