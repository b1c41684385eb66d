"""The files for programs, beside the pages that MkDocs makes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from msgspec import Struct

from govkb.digests import digest_of
from govkb.files import write_below
from govkb.mkdocs_plugin.kept_files import Pieces, write_kept
from govkb.mkdocs_plugin.spare import Spare
from govkb.site.addresses import Addresses, record_uri
from govkb.site.background import Background
from govkb.site.machine_readable import FEEDS, Masthead, feed_files, reference_files

SITEMAP = "sitemap.xml"
_FORMATS = (("atom", "application/atom+xml"), ("json", "application/feed+json"))


class MachineReadable(Struct, frozen=True):
    """What the files are made from. `taken` are the places that the user's own files have.

    `outlook` stands for what they show beside texts; they are kept in the folder `kept`.
    """

    background: Background
    addresses: Addresses
    taken: frozenset[str]
    outlook: bytes
    kept: Path | None

    def write(self, config: MkDocsConfig, spare: Spare | None) -> None:
        """Writes the files into the site. They never pass through MkDocs, which is slow with many.

        A spare is rid of all that is neither among them nor at the place of a record's page. Raises
        StorageError where the disk refuses.
        """
        masthead, site = _masthead(config), Path(config.site_dir)
        told = repr((masthead, self.addresses)).encode()
        renewal = spare.renewal() if spare is not None else None

        put = renewal.write if renewal is not None else partial(write_below, site)

        def write(pieces: Pieces) -> None:
            put(piece for piece in pieces if piece[0] not in self.taken)

        write_kept(
            self.kept,
            digest_of(self.outlook, told),
            self.background,
            lambda: reference_files(self.background, self.addresses, masthead),
            write,
        )
        write(feed_files(self.background, self.addresses, masthead))
        if renewal is not None:
            renewal.remove_rest(self._pages())

    def _pages(self) -> Iterator[str]:
        """Where in the site there are pages of records, and nothing of the user's own."""
        uris = map(record_uri, self.background.base.records_by_id.values())
        places = (self.addresses.file(uri) for uri in uris if uri is not None)
        return (place for place in places if place not in self.taken)


def with_feeds(output: str, page: Page) -> str:
    """The finished page with links by which readers of feeds find those of the site."""
    links = "".join(
        f'<link rel="alternate" type="{kind}" title="{escape(title)}" '
        f'href="{get_relative_url(f"{name}.{extension}", page.url)}">\n'
        for name, title in FEEDS
        for extension, kind in _FORMATS
    )
    return output.replace("</head>", f"{links}</head>", 1)


_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>\n'
)


def empty_sitemap(files: Files, config: MkDocsConfig) -> None:
    """Puts a sitemap without addresses where the site has none of its own.

    The theme's script asks for one on every page. MkDocs would copy the template of it as it is.
    """
    raw = files.get_file_from_path(SITEMAP)
    if config.site_url or (raw is not None and raw.src_dir not in config.theme.dirs):
        return
    if raw is not None:
        files.remove(raw)
    files.append(File.generated(config, SITEMAP, content=_EMPTY))


def _masthead(config: MkDocsConfig) -> Masthead:
    return Masthead(config.site_name, config.site_url or None, config.site_description or None)
