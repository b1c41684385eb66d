"""Every page that lists records, finished, for whatever generator publishes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from govkb.record_types import RecordType
from govkb.site.addresses import Addresses
from govkb.site.background import Background
from govkb.site.graph_page import graph_page
from govkb.site.graph_view import GraphPictures
from govkb.site.home import home
from govkb.site.index_views import ALL_URI, type_table, types_in_use, whole_table
from govkb.site.learnings import learning_days
from govkb.site.markdown_writer import Contents, Words
from govkb.site.overviews import INSIGHT, OPEN, TRUST, Told, overviews
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


def index_pages(
    background: Background, templates: PageTemplates, addresses: Addresses, told: Told | None = None
) -> Iterator[Page]:
    """The pages that list records: those of the navigation in its order, then the vocabulary.

    `told` is what the base itself doesn't know.
    """
    base = background.base
    site = _Site(background, templates, addresses)
    others = site.overviews(told or Told())
    if base.records_by_id:
        learned, graph, tags = site.learnings(), site.graph(), site.tags()
        others = [(learned, "What did we learn?"), *others, (graph, "How does it hang together?")]
        others += [(tags, "What belongs together?")] if tags is not None else []
    others.sort(key=lambda pair: _SECTIONS.index(pair[0].section or ""))
    yield site.home(others)
    if base.records_by_id:
        yield from site.all_records()
    for record_type in types_in_use(base):
        yield from site.type_index(record_type)
    yield from (page for page, _ in others)
    if base.records_by_id:
        yield site.vocabulary()


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

    def overviews(self, told: Told) -> list[tuple[Page, str]]:
        """The pages that look at all records from one side, each with the question it answers."""
        found = []
        for made in overviews(self.base, self._view, told):
            html = self.templates.fill(made.template, **made.values)
            page = _index(made.uri, made.title, html, made.question, made.contents)
            found.append((replace(page, nav=made.nav, section=made.section), made.question))
        return found

    def home(self, others: Iterable[tuple[Page, str]]) -> Page:
        """The first page, which leads to all `others` and says what question each answers."""
        uri = self.addresses.home
        view = self._view(uri)
        title = "Knowledge base"
        places = [(p.nav, view.page(p.uri), question) for p, question in others if p.nav]
        shown = home(view, LEARNINGS_URI)
        html = self.templates.fill("home", home=shown, title=title, places=places)
        return _index(
            uri, "Home", html, "What is going on: what is open, and what was learned last."
        )

    def type_index(self, record_type: RecordType) -> Iterator[Page]:
        """The pages of a type's table; only the first is in the navigation."""
        table = type_table(record_type, self.base)
        yield from self._table(table, record_type.plural, record_type.purpose)

    def all_records(self) -> Iterator[Page]:
        """All records in one table, the first of the section that has those of each type."""
        purpose = "Every record, whatever its type, the newest first."
        yield from self._table(whole_table(self.base), "All records", purpose)

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

    def learnings(self) -> Page:
        view = self._view(LEARNINGS_URI)
        days = learning_days(self.background.learnings, view)
        contents = tuple(Contents(day.day, f"day-{day.day.lower()}", 2) for day in days)
        html = self.templates.fill("learnings", days=days)
        page = _index(
            LEARNINGS_URI, "Learnings", html, "All learnings, the newest first.", contents
        )
        return replace(page, section=INSIGHT)

    def tags(self) -> Page | None:
        """The records by tag; None where none has any."""
        view = self._view(TAGS_URI)
        found = tag_groups(view)
        if not found.groups:
            return None
        html = self.templates.fill("tags", tags=found)
        return replace(_index(TAGS_URI, "Tags", html, "The records by tag."), section=INSIGHT)

    def graph(self) -> Page:
        graph, files = graph_page(self.base, self.pictures, self._view(GRAPH_URI))
        html = self.templates.fill("graph", graph=graph)
        page = _index(GRAPH_URI, "Graph", html, "How the records hang together.")
        return replace(page, is_wide=True, section=INSIGHT, files=files)

    def vocabulary(self) -> Page:
        """What the values mean; the indexes lead to it, and the navigation has no room for it."""
        view = self._view(VOCABULARY_URI)
        found = vocabulary_views(types_in_use(self.base), view)
        contents = tuple(Contents(v.title, v.name, 2) for v in found)
        html = self.templates.fill("vocabulary", vocabularies=found)
        description = "The values that fields may have, and what they mean."
        return replace(_index(VOCABULARY_URI, "Vocabulary", html, description, contents), nav=None)

    def _view(self, uri: str) -> Viewpoint:
        return Viewpoint.at(self.background, self.addresses, uri)


def _index(
    uri: str, title: str, html: str, description: str, contents: tuple[Contents, ...] = ()
) -> Page:
    """A page that lists records, which search finds by its title and purpose."""
    words = (Words(None, title, description, description),)
    return Page(uri, title, html, contents, words, description, title)
