"""The files for programs, beside the pages that MkDocs makes."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from govkb.files import write_below
from govkb.knowledge_base import KnowledgeBase
from govkb.site.addresses import Addresses
from govkb.site.machine_readable import FEEDS, Masthead, machine_files

SITEMAP = "sitemap.xml"
_FORMATS = (("atom", "application/atom+xml"), ("json", "application/feed+json"))


@dataclass(frozen=True, slots=True)
class MachineReadable:
    """What the files are made from. `taken` are the places that the user's own files have."""

    base: KnowledgeBase
    addresses: Addresses
    taken: frozenset[str]

    def write(self, config: MkDocsConfig) -> None:
        """Writes the files into the site. They never pass through MkDocs, which is slow with many.

        Raises StorageError where the disk refuses.
        """
        pieces = machine_files(self.base, self.addresses, _masthead(config))
        write_below(Path(config.site_dir), (p for p in pieces if p[0] not in self.taken))


def with_feeds(output: str, page: Page) -> str:
    """The finished page with links by which readers of feeds find those of the site."""
    links = "".join(
        f'<link rel="alternate" type="{kind}" title="{escape(title)}" '
        f'href="{get_relative_url(f"{name}.{extension}", page.url)}">\n'
        for name, title in FEEDS
        for extension, kind in _FORMATS
    )
    return output.replace("</head>", f"{links}</head>", 1)


def drop_raw_sitemap(files: Files, config: MkDocsConfig) -> None:
    """Removes the theme's template of a sitemap where MkDocs was told not to fill it.

    MkDocs then takes it for one of the theme's files to be copied as they are.
    """
    raw = files.get_file_from_path(SITEMAP)
    if raw is not None and not config.site_url and raw.src_dir in config.theme.dirs:
        files.remove(raw)


def _masthead(config: MkDocsConfig) -> Masthead:
    return Masthead(config.site_name, config.site_url or None, config.site_description or None)
