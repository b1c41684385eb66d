"""Every page that lists records, finished, for whatever generator publishes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Protocol

from msgspec.structs import replace

from govkb.record_types import RecordType
from govkb.site.addresses import Addresses
from govkb.site.background import Background
from govkb.site.graph_page import graph_page, graph_script
from govkb.site.graph_view import GraphPictures
from govkb.site.home import home
from govkb.site.index_views import ALL_URI, type_table, types_in_use, whole_table
from govkb.site.learnings import learning_days
from govkb.site.markdown_writer import Contents, Words
from govkb.site.overviews import (
    INSIGHT,
    OPEN,
    TRUST,
    Side,
    Told,
    trust,
    what_is_open,
    what_we_know,
)
from govkb.site.page import Page
from govkb.site.record_table import RecordTable
from govkb.site.tags import TAGS_URI, tag_groups
from govkb.site.templating import PageTemplates
from govkb.site.viewpoint import Viewpoint
from govkb.site.vocabulary_view import vocabulary_views

GRAPH_URI = "graph.md"
LEARNINGS_URI = "learnings.md"
VOCABULARY_URI = "vocabulary.md"
_RECORDS = "Records"
_SECTIONS = (OPEN, INSIGHT, TRUST)


# A page with the question that it answers, empty where the first page doesn't lead to it.
Shown = tuple[Page, str]


class Part(Protocol):
    """Gives the pages of one part of the site: those that are made, or those that are kept."""

    def __call__(
        self, name: str, make: Callable[[], Iterable[Shown]], *told: object
    ) -> Iterable[Shown]:
        """The part of this name, of which `make` makes the pages of what it was `told`."""


def index_pages(
    background: Background,
    templates: PageTemplates,
    addresses: Addresses,
    told: Told | None = None,
    part: Part | None = None,
) -> Iterator[Page]:
    """The pages that list records: those of the navigation in its order, then the vocabulary.

    `told` is what the base itself doesn't know. Each part is made by itself, so that `part` can
    keep it: it depends on nothing but the background and what it is told.
    """
    part = part or _made
    site = _Site(background, templates, addresses)
    told = told or Told()
    has_records = bool(background.base.records_by_id)
    others: list[Shown] = []
    if has_records:
        others += part("learnings", site.learnings)
        others += part("what is open", lambda: site.overviews(what_is_open))
        others += part("what we know", lambda: site.overviews(what_we_know))
    others += part("trust", lambda: site.overviews(partial(trust, told=told)), told)
    if has_records:
        script = graph_script()
        others += part("graph", lambda: site.graph(script), script)
        others += part("tags", site.tags)
    others.sort(key=lambda pair: _SECTIONS.index(pair[0].section or ""))
    places = [(page.nav, page.uri, question) for page, question in others if page.nav]
    yield from _pages(part("home", lambda: site.home(places), places))
    if has_records:
        yield from _pages(part("all records", site.all_records))
    for record_type in types_in_use(background.base):
        yield from _pages(part(f"type {record_type.name}", partial(site.type_index, record_type)))
    yield from _pages(others)
    if has_records:
        yield from _pages(part("vocabulary", site.vocabulary))


def _made(name: str, make: Callable[[], Iterable[Shown]], *told: object) -> Iterable[Shown]:
    return make()


def _pages(shown: Iterable[Shown]) -> Iterator[Page]:
    return (page for page, _ in shown)


class _Site:
    """One knowledge base with everything that all of its pages share."""

    def __init__(
        self, background: Background, templates: PageTemplates, addresses: Addresses
    ) -> None:
        self.background = background
        self.base = background.base
        self.templates = templates
        self.addresses = addresses
        self.pictures = GraphPictures(self.base)

    def overviews(self, side: Side) -> Iterator[Shown]:
        """The pages that look at all records from one side."""
        for made in side(self.base, self._view):
            html = self.templates.fill(made.template, **made.values)
            page = _index(made.uri, made.title, html, made.question, made.contents)
            yield replace(page, nav=made.nav, section=made.section), made.question

    def home(self, places: Iterable[tuple[str, str, str]]) -> Iterator[Shown]:
        """The first page, which leads to other `places`: title, uri and question of each."""
        uri = self.addresses.home
        view = self._view(uri)
        title = "Knowledge base"
        linked = [(name, view.page(place), question) for name, place, question in places]
        shown = home(view, LEARNINGS_URI)
        html = self.templates.fill("home", home=shown, title=title, places=linked)
        description = "What is going on: what is open, and what was learned last."
        yield _index(uri, "Home", html, description), ""

    def type_index(self, record_type: RecordType) -> Iterator[Shown]:
        """The pages of a type's table; only the first is in the navigation."""
        table = type_table(record_type, self.base)
        for page in self._table(table, record_type.plural, record_type.purpose):
            yield page, ""

    def all_records(self) -> Iterator[Shown]:
        """All records in one table, the first of the section that has those of each type."""
        purpose = "Every record, whatever its type, the newest first."
        for page in self._table(whole_table(self.base), "All records", purpose):
            yield page, ""

    def _table(self, table: RecordTable, title: str, purpose: str) -> Iterator[Page]:
        for number in range(1, table.count + 1):
            uri = table.page_uri(number)
            view = self._view(uri)
            html = self.templates.fill(
                "type_index",
                title=title,
                purpose=purpose,
                table=table.page(number, view),
                first_href=view.page(table.uri),
                all_href=None if table.uri == ALL_URI else view.page(ALL_URI),
                vocabulary_href=view.page(VOCABULARY_URI),
            )
            page = _index(uri, title, html, purpose)
            if number == 1:
                # Of one type alone both tables are the same, and one is enough to find.
                is_double = table.uri == ALL_URI and len(types_in_use(self.base)) < 2
                nav, section = (None, None) if is_double else (title, _RECORDS)
                yield replace(page, nav=nav, section=section, files=table.files(view))
            else:
                # The search finds records by themselves: pages of a list are none of its business.
                yield replace(page, title=f"{title}, page {number}", nav=None, words=())

    def learnings(self) -> Iterator[Shown]:
        """What was learned, by day."""
        view = self._view(LEARNINGS_URI)
        days = learning_days(self.background.learnings, view)
        contents = tuple(Contents(day.day, f"day-{day.day.lower()}", 2) for day in days)
        html = self.templates.fill("learnings", days=days)
        page = _index(
            LEARNINGS_URI, "Learnings", html, "All learnings, the newest first.", contents
        )
        yield replace(page, section=INSIGHT), "What did we learn?"

    def tags(self) -> Iterator[Shown]:
        """The records by tag; no page where none has any."""
        view = self._view(TAGS_URI)
        found = tag_groups(view)
        if found.groups:
            html = self.templates.fill("tags", tags=found)
            page = _index(TAGS_URI, "Tags", html, "The records by tag.")
            yield replace(page, section=INSIGHT), "What belongs together?"

    def graph(self, script: bytes | None) -> Iterator[Shown]:
        """The graph of all records, and the script that draws it."""
        graph, files = graph_page(self.base, self.pictures, self._view(GRAPH_URI), script)
        html = self.templates.fill("graph", graph=graph)
        page = _index(GRAPH_URI, "Graph", html, "How the records hang together.")
        page = replace(page, is_wide=True, section=INSIGHT, files=files)
        yield page, "How does it hang together?"

    def vocabulary(self) -> Iterator[Shown]:
        """What the values mean; the indexes lead to it, and the navigation has no room for it."""
        view = self._view(VOCABULARY_URI)
        found = vocabulary_views(types_in_use(self.base), view)
        contents = tuple(Contents(v.title, v.name, 2) for v in found)
        html = self.templates.fill("vocabulary", vocabularies=found)
        description = "The values that fields may have, and what they mean."
        page = _index(VOCABULARY_URI, "Vocabulary", html, description, contents)
        yield replace(page, nav=None), ""

    def _view(self, uri: str) -> Viewpoint:
        return Viewpoint.at(self.background, self.addresses, uri)


def _index(
    uri: str, title: str, html: str, description: str, contents: tuple[Contents, ...] = ()
) -> Page:
    """A page that lists records, which search finds by its title and purpose."""
    words = (Words(None, title, description, description),)
    return Page(uri, title, html, contents, words, description, title)
