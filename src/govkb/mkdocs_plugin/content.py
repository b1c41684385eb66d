"""What govkb adds to one site: its pages and files, each at its place among MkDocs's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from govkb.diagnostics import Diagnostic
from govkb.digests import digest_of
from govkb.history.log import LogEvent, read_checkpoint
from govkb.mkdocs_plugin.kept_index import KeptIndex
from govkb.mkdocs_plugin.navigation import named_in
from govkb.mkdocs_plugin.record_files import record_file
from govkb.progress import Progress, silent
from govkb.reading import Record
from govkb.site.addresses import Addresses
from govkb.site.background import Background
from govkb.site.not_found import IDS, ids_file
from govkb.site.overviews import Told
from govkb.site.page import Page
from govkb.site.pages import index_pages
from govkb.site.published import CHECKPOINT, published
from govkb.site.record_pages import RecordPages
from govkb.site.search_entries import SearchEntry, search_entry
from govkb.site.templating import PageTemplates


@dataclass(slots=True)
class Content:
    """The content of one site.

    `pages` are those that MkDocs itself publishes, by uri; the pages of `uris`, each of a record,
    are written when all others are. `published` is what others hold later ledgers against.
    """

    background: Background
    addresses: Addresses
    templates: PageTemplates
    published: Mapping[str, bytes] = field(default_factory=dict)
    findings: Sequence[Diagnostic] = ()
    progress: Progress = silent
    # What stands for all that pages show beside texts, and where they are kept between builds.
    outlook: bytes = b""
    kept: Path | None = None
    pages: dict[str, Page] = field(default_factory=dict)
    uris: dict[str, Record] = field(default_factory=dict)
    records: RecordPages = field(init=False)
    _records: Mapping[str, Record] = field(init=False)

    def __post_init__(self) -> None:
        self.records = RecordPages(self.background, self.templates, self.addresses)
        self._records = self.records.uris()

    def places(self, config: MkDocsConfig) -> Iterator[File]:
        """Makes the pages that MkDocs publishes, and says where every page is."""
        in_nav = set(named_in(config.nav))
        site = config.site_dir
        for page in self._index():
            yield self._generated(page, config)
        for uri, record in self._records.items():
            if uri in in_nav:
                yield self._generated(self.records.page(record, uri), config)
            else:
                self.uris[uri] = record
                yield record_file(uri, record, self.addresses, site)

    def _index(self) -> Iterator[Page]:
        checkpoint = self.published.get(CHECKPOINT)
        told = Told(self.findings, read_checkpoint(checkpoint.decode()) if checkpoint else None)
        outlook = digest_of(self.outlook, repr(self.addresses).encode())
        kept = KeptIndex(self.kept, outlook, self.background)
        pages = index_pages(self.background, self.templates, self.addresses, told, kept.part)
        for number, page in enumerate(pages, 1):
            yield page
            self.progress("Making the pages that list records", number, None)
        kept.keep()

    def leave_out(self, uri: str) -> None:
        """Makes no page of this uri, whose place the user's own has."""
        self.pages.pop(uri, None)
        self.uris.pop(uri, None)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Address and content of the files that belong to pages, or to the site as a whole."""
        for page in self.pages.values():
            yield from page.files.items()
        yield from self.published.items()
        yield IDS, ids_file(self.background.base.records_by_id.values(), self.addresses)

    def search_entry(self, page: Page) -> SearchEntry:
        """What the search knows of a page."""
        return search_entry(page, self._records.get(page.uri), self.background.base)

    def _generated(self, page: Page, config: MkDocsConfig) -> File:
        self.pages[page.uri] = page
        inclusion = InclusionLevel.NOT_IN_NAV if page.nav is None else InclusionLevel.INCLUDED
        return File.generated(config, page.uri, content="", inclusion=inclusion)


def published_by(
    background: Background, earlier: Sequence[LogEvent], config: MkDocsConfig
) -> dict[str, bytes]:
    """The log of the ledgers, which goes on from an earlier one, and its checkpoint.

    Checkpoints call the site by its address, or by its name where it has none. Raises FindingsError
    where the log can't go on.
    """
    origin = " ".join((config.site_url or config.site_name).split())
    return published(background.base.ledgers, earlier, origin)
