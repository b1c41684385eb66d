"""The pages of records, finished but for what the theme puts around them."""

from __future__ import annotations

from govkb.reading import Record
from govkb.site.addresses import Addresses, record_uri
from govkb.site.answers import answers_to
from govkb.site.background import Background
from govkb.site.graph_view import GraphPictures
from govkb.site.index_views import types_in_use
from govkb.site.markdown_writer import Contents, Rendered
from govkb.site.page import Page
from govkb.site.record_fields import text_of
from govkb.site.record_view import Beside, RecordView, beside_each, record_view
from govkb.site.rendering import render_body
from govkb.site.search_entries import record_words
from govkb.site.templating import PageTemplates
from govkb.site.viewpoint import Viewpoint


class RecordPages:
    """The pages of one knowledge base's records, with everything that all of them share."""

    def __init__(
        self, background: Background, templates: PageTemplates, addresses: Addresses
    ) -> None:
        self.background = background
        self.base = base = background.base
        self.templates = templates
        self.addresses = addresses
        self.pictures = GraphPictures(base)
        self.beside: dict[str, Beside] = {}
        for record_type in types_in_use(base):
            self.beside |= beside_each(base.of_type(record_type.name))

    def uris(self) -> dict[str, Record]:
        """The records that have a page, by its uri.

        One whose id can't be an address has none; `govkb check` says what is wrong with it.
        """
        found = ((record_uri(record), record) for record in self.base.records_by_id.values())
        return {uri: record for uri, record in found if uri is not None}

    def page(self, record: Record, uri: str) -> Page:
        """The page of a record."""
        view = Viewpoint.at(self.background, self.addresses, uri)
        rendered = render_body(record, view.linker, lambda entry: answers_to(entry, view))
        neighbourhood = self.pictures.around(record, view)
        beside = self.beside.get(record.id, Beside())
        shown = record_view(record, rendered, neighbourhood, beside, view)
        return Page(
            uri=uri,
            title=f"{record.id}: {record.title}",
            html=self.templates.fill("record", record=shown),
            contents=_contents(rendered, shown),
            words=record_words(record, rendered),
            description=text_of(record, "summary"),
            nav=None,
            looked_up=frozenset(view.linker.looked_up),
        )


def _contents(rendered: Rendered, shown: RecordView) -> tuple[Contents, ...]:
    parts = [*rendered.contents]
    if shown.relations.count:
        parts.append(Contents("Relations", "relations", 2))
    if shown.history is not None:
        parts.append(Contents("History", "record-history", 2))
    return tuple(parts)
