"""Every page of the site, finished, for whatever generator publishes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from govkb.history import RecordHistory, answers_among
from govkb.knowledge_base import KnowledgeBase
from govkb.record_types import RecordType
from govkb.site.addresses import Addresses, type_uri
from govkb.site.background import background_of
from govkb.site.graph_page import graph_page
from govkb.site.graph_view import GraphPictures
from govkb.site.index_views import home, type_index, types_in_use
from govkb.site.learnings import learning_days, learnings_of
from govkb.site.markdown_writer import Contents, Words
from govkb.site.page import Page
from govkb.site.record_pages import RecordPages
from govkb.site.source_links import SourceLinks
from govkb.site.tags import TAGS_URI, tag_groups
from govkb.site.templating import PageTemplates
from govkb.site.viewpoint import Viewpoint
from govkb.site.vocabulary_view import vocabulary_views
from govkb.template_files import TemplateFiles

GRAPH_URI = "graph.md"
LEARNINGS_URI = "learnings.md"
VOCABULARY_URI = "vocabulary.md"


def site_pages(
    base: KnowledgeBase,
    files: TemplateFiles,
    addresses: Addresses,
    histories: Mapping[str, RecordHistory] | None = None,
    sources: SourceLinks | None = None,
) -> Iterator[Page]:
    """Every page: those that list records, then one for each record.

    `histories` are what git knows of records, by path; `sources` says where those can be edited.
    """
    yield from index_pages(base, files, addresses)
    background = background_of(base, histories, sources)
    records = RecordPages(base, PageTemplates.of(files), addresses, background)
    for uri, record in records.uris().items():
        yield records.page(record, uri)


def index_pages(base: KnowledgeBase, files: TemplateFiles, addresses: Addresses) -> Iterator[Page]:
    """The pages that list records: those of the navigation in its order, then the vocabulary."""
    site = _Site(base, PageTemplates.of(files), addresses)
    yield site.home()
    for record_type in types_in_use(base):
        yield site.type_index(record_type)
    if base.records_by_id:
        yield site.learnings()
        if (tags := site.tags()) is not None:
            yield tags
        yield site.graph()
        yield site.vocabulary()


class _Site:
    """One knowledge base with everything that all of its pages share."""

    def __init__(self, base: KnowledgeBase, templates: PageTemplates, addresses: Addresses) -> None:
        self.base = base
        self.templates = templates
        self.addresses = addresses
        self.pictures = GraphPictures(base)
        self.answers = tuple(answers_among(base.records_by_id.values()))

    def home(self) -> Page:
        uri = self.addresses.home
        view = self._view(uri)
        title = "Knowledge base"
        html = self.templates.fill("home", home=home(view, LEARNINGS_URI), title=title)
        return _index(
            uri, "Home", html, "What is going on: what is open, and what was learned last."
        )

    def type_index(self, record_type: RecordType) -> Page:
        uri = type_uri(record_type)
        view = self._view(uri)
        html = self.templates.fill(
            "type_index",
            index=type_index(record_type, view),
            vocabulary_href=view.page(VOCABULARY_URI),
        )
        return _index(uri, record_type.plural, html, record_type.purpose)

    def learnings(self) -> Page:
        view = self._view(LEARNINGS_URI)
        days = learning_days(learnings_of(self.base), view)
        contents = tuple(Contents(day.day, f"day-{day.day.lower()}", 2) for day in days)
        html = self.templates.fill("learnings", days=days)
        return _index(
            LEARNINGS_URI, "Learnings", html, "All learnings, the newest first.", contents
        )

    def tags(self) -> Page | None:
        """The records by tag; None where none has any."""
        view = self._view(TAGS_URI)
        found = tag_groups(view)
        if not found.groups:
            return None
        html = self.templates.fill("tags", tags=found)
        return _index(TAGS_URI, "Tags", html, "The records by tag.")

    def graph(self) -> Page:
        graph, files = graph_page(self.base, self.pictures, self._view(GRAPH_URI))
        html = self.templates.fill("graph", graph=graph)
        page = _index(GRAPH_URI, "Graph", html, "How the records hang together.")
        return replace(page, is_wide=True, files=files)

    def vocabulary(self) -> Page:
        """What the values mean; the indexes lead to it, and the navigation has no room for it."""
        view = self._view(VOCABULARY_URI)
        found = vocabulary_views(types_in_use(self.base), view)
        contents = tuple(Contents(v.title, v.name, 2) for v in found)
        html = self.templates.fill("vocabulary", vocabularies=found)
        description = "The values that fields may have, and what they mean."
        return replace(_index(VOCABULARY_URI, "Vocabulary", html, description, contents), nav=None)

    def _view(self, uri: str) -> Viewpoint:
        return Viewpoint.at(self.base, self.addresses, uri, self.answers)


def _index(
    uri: str, title: str, html: str, description: str, contents: tuple[Contents, ...] = ()
) -> Page:
    """A page that lists records, which search finds by its title and purpose."""
    words = (Words(None, title, description),)
    return Page(uri, title, html, contents, words, description, title)
